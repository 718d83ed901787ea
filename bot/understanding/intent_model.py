"""The intent model: text features, one linear separator per intent, a temperature. Saved as JSON and arrays, never pickled."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.understanding.calibration import best_temperature, probabilities
from bot.understanding.features import Reading, TextFeatures
from bot.understanding.single import MessageScorer

META_FILE, ARRAYS_FILE = "intent_model.json", "intent_model.npz"


@dataclass(frozen=True)
class TrainingOptions:
    """`regularisation`: C of the support vector machine; `folds`: for the temperature; `seed`: everything random."""

    regularisation: float = 0.3
    folds: int = 3
    seed: int = 20200101


@dataclass(frozen=True)
class IntentModel:
    """A trained model. `coefficients`: (features, intents), `intercepts`: (intents,)."""

    intents: tuple[str, ...]
    features: TextFeatures
    coefficients: np.ndarray
    intercepts: np.ndarray
    temperature: float

    @classmethod
    def trained(cls, texts: Sequence[str], labels: Sequence[str], options: TrainingOptions | None = None) -> IntentModel:
        """Learns from normal texts and their intents (at least two intents, each with `folds` examples or more)."""
        chosen = options or TrainingOptions()
        readings = TextFeatures().read(texts)
        temperature = _temperature(readings, labels, chosen)
        return _fitted(readings, labels, chosen, temperature)

    def margins(self, texts: Sequence[str]) -> np.ndarray:
        """Raw scores, (texts, intents)."""
        return self._margins(self.features.read(texts))

    def _margins(self, readings: Sequence[Reading]) -> np.ndarray:
        return np.asarray(self.features.transform(readings) @ self.coefficients + self.intercepts)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Calibrated probabilities, (texts, intents)."""
        return probabilities(self.margins(texts), self.temperature)

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """All intents with their probability, best first."""
        row = probabilities(self._scorer.margins(text)[np.newaxis, :], self.temperature)[0]
        return [(self.intents[column], float(row[column])) for column in np.argsort(-row)]

    @functools.cached_property
    def _scorer(self) -> MessageScorer:
        return MessageScorer(self.features, self.coefficients, self.intercepts)

    def save(self, folder: Path) -> None:
        """Writes two files into an existing folder."""
        meta = {"intents": self.intents, "temperature": self.temperature,
                "vocabulary": self.features.vocabulary()}
        (folder / META_FILE).write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
        weights = {f"idf_{name}": values.astype(np.float32) for name, values in self.features.weights().items()}
        np.savez(folder / ARRAYS_FILE, coefficients=self.coefficients.astype(np.float32),
                 intercepts=self.intercepts.astype(np.float32), **weights)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Reads what `save` wrote."""
        meta = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
        with np.load(folder / ARRAYS_FILE, allow_pickle=False) as arrays:
            weights = {name: arrays[f"idf_{name}"] for name in meta["vocabulary"]}
            features = TextFeatures.restored(meta["vocabulary"], weights)
            return cls(tuple(meta["intents"]), features, arrays["coefficients"], arrays["intercepts"], meta["temperature"])


def out_of_fold_margins(readings: Sequence[Reading], labels: Sequence[str],
                        options: TrainingOptions) -> tuple[np.ndarray, tuple[str, ...]]:
    """Margins for every sentence from a model that has not seen it, and the intents of the columns."""
    truth = np.array(labels)
    intents = tuple(sorted(set(labels)))
    margins = np.zeros((len(readings), len(intents)))
    folds = StratifiedKFold(options.folds, shuffle=True, random_state=options.seed)
    for train, test in folds.split(truth, truth):
        model = _fitted([readings[i] for i in train], list(truth[train]), options, 1.0)
        margins[test] = model._margins([readings[i] for i in test])
    return margins, intents


def _temperature(readings: Sequence[Reading], labels: Sequence[str], options: TrainingOptions) -> float:
    margins, intents = out_of_fold_margins(readings, labels, options)
    return best_temperature(margins, np.array([intents.index(label) for label in labels]))


def _fitted(readings: Sequence[Reading], labels: Sequence[str], options: TrainingOptions, temperature: float) -> IntentModel:
    features = TextFeatures().fit(readings)
    matrix: csr_matrix = features.transform(readings)
    machine = LinearSVC(C=options.regularisation, random_state=options.seed).fit(matrix, list(labels))
    coefficients, intercepts = np.ascontiguousarray(machine.coef_.T), machine.intercept_
    if len(machine.classes_) == 2:  # scikit-learn keeps one separator for two classes: give each its own column
        coefficients, intercepts = np.hstack([-coefficients, coefficients]), np.hstack([-intercepts, intercepts])
    return IntentModel(tuple(map(str, machine.classes_)), features, coefficients, intercepts, temperature)
