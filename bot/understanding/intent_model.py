"""The intent model: text features, one linear separator per intent, a temperature. Saved as JSON and arrays, never pickled."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.understanding.calibration import best_temperature, probabilities
from bot.understanding.features import Reading, TextFeatures, main_axes, weighted_vectors
from bot.understanding.parts import folding, whole, wholes
from bot.understanding.single import MessageScorer

META_FILE, ARRAYS_FILE = "intent_model.json", "intent_model.npz"
TOLERANCE = 0.03  # of the fit: ten times finer changes no answer
AXES = 192  # of the vectors' 512 directions: the others double the time of a fit and change no figure of cross-validation


@dataclass(frozen=True)
class TrainingOptions:
    """`regularisation`: C of the support vector machine; `folds`: one of so many is kept aside for the temperature
    (cross-validation: each in turn); `seed`: everything random."""

    regularisation: float = 0.3
    folds: int = 5
    seed: int = 20200101


@dataclass(frozen=True)
class IntentModel:
    """A trained model. `labels`: intents, or parts of them (`parts`); `coefficients`: (features, labels)."""

    labels: tuple[str, ...]
    features: TextFeatures
    coefficients: np.ndarray
    intercepts: np.ndarray
    temperature: float

    @classmethod
    def trained(cls, texts: Sequence[str], labels: Sequence[str], options: TrainingOptions | None = None) -> IntentModel:
        """Learns from normal texts and their intents or parts (at least two, each with `folds` examples or more)."""
        chosen = options or TrainingOptions()
        readings = TextFeatures().read(texts)
        temperature = _temperature(readings, labels, chosen)
        return _fitted(readings, labels, chosen, temperature)

    def margins(self, texts: Sequence[str]) -> np.ndarray:
        """Raw scores, (texts, labels)."""
        return self._margins(self.features.read(texts))

    def _margins(self, readings: Sequence[Reading]) -> np.ndarray:
        return np.asarray(self.features.transform(readings) @ self.coefficients + self.intercepts)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """Calibrated probabilities, (texts, intents)."""
        return np.asarray(probabilities(self.margins(texts), self.temperature) @ self._folding)

    def ranking(self, text: str, vector: np.ndarray | None = None) -> list[tuple[str, float]]:
        """All intents with their probability, best first; `vector`: the text's own, when somebody has made it already."""
        row = (probabilities(self._scorer.margins(text, vector)[np.newaxis, :], self.temperature) @ self._folding)[0]
        return [(self.intents[column], float(row[column])) for column in np.argsort(-row)]

    @functools.cached_property
    def intents(self) -> tuple[str, ...]:
        """What a message can be, parts put together."""
        return wholes(self.labels)

    @functools.cached_property
    def _folding(self) -> np.ndarray:
        return folding(self.labels)

    @functools.cached_property
    def _scorer(self) -> MessageScorer:
        return MessageScorer(self.features, self.coefficients, self.intercepts)

    def save(self, folder: Path) -> None:
        """Writes two files into an existing folder."""
        meta = {"labels": self.labels, "temperature": self.temperature,
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
            return cls(tuple(meta["labels"]), features, arrays["coefficients"], arrays["intercepts"], meta["temperature"])


def out_of_fold_margins(readings: Sequence[Reading], labels: Sequence[str],
                        options: TrainingOptions) -> tuple[np.ndarray, tuple[str, ...]]:
    """Margins for every sentence from a model that has not seen it, and the labels of the columns."""
    columns = tuple(sorted(set(labels)))
    margins = np.zeros((len(readings), len(columns)))
    for train, test in _folds(labels, options):
        margins[test] = _unseen_margins(readings, labels, options, train, test)
    return margins, columns


def best_folded_temperature(margins: np.ndarray, columns: Sequence[str], labels: Sequence[str]) -> float:
    """The temperature for the shares of intents, when the columns of the margins are parts of them."""
    names = wholes(columns)
    return best_temperature(margins, np.array([names.index(whole(label)) for label in labels]), folding(columns))


def _folds(labels: Sequence[str], options: TrainingOptions) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    folds = StratifiedKFold(options.folds, shuffle=True, random_state=options.seed)
    yield from folds.split(np.zeros(len(labels)), np.array(labels))


def _unseen_margins(readings: Sequence[Reading], labels: Sequence[str], options: TrainingOptions,
                    train: np.ndarray, test: np.ndarray) -> np.ndarray:
    model = _fitted([readings[i] for i in train], [labels[i] for i in train], options, 1.0)
    return model._margins([readings[i] for i in test])


def _temperature(readings: Sequence[Reading], labels: Sequence[str], options: TrainingOptions) -> float:
    # One number: a single fold (hundreds of sentences) says it as well as all of them, in a fifth of the time.
    train, test = next(_folds(labels, options))
    margins = _unseen_margins(readings, labels, options, train, test)
    return best_folded_temperature(margins, sorted(set(labels)), [labels[i] for i in test])


def _fitted(readings: Sequence[Reading], labels: Sequence[str], options: TrainingOptions, temperature: float) -> IntentModel:
    features = TextFeatures().fit(readings)
    axes = main_axes(weighted_vectors(readings), AXES)
    matrix: csr_matrix = features.transform(readings, axes)
    machine = LinearSVC(C=options.regularisation, tol=TOLERANCE, random_state=options.seed).fit(matrix, list(labels))
    coefficients, intercepts = _along_all_directions(machine.coef_.T, axes), machine.intercept_
    if len(machine.classes_) == 2:  # scikit-learn keeps one separator for two classes: give each its own column
        coefficients, intercepts = np.hstack([-coefficients, coefficients]), np.hstack([-intercepts, intercepts])
    return IntentModel(tuple(map(str, machine.classes_)), features, coefficients, intercepts, temperature)


def _along_all_directions(coefficients: np.ndarray, axes: np.ndarray) -> np.ndarray:
    # A weight along an axis is weights of the vector's own numbers: answering knows nothing of axes.
    views = len(coefficients) - axes.shape[1]
    return np.vstack([coefficients[:views], axes @ coefficients[views:]])
