"""Figures of an evaluation. A prediction is a sentence with its ranking, best candidate first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.evaluation.sentences import Sentence
from bot.understanding.acts import QUESTION
from bot.understanding.calibration import expected_calibration_error

OUT_OF_SCOPE = frozenset({"hors_sujet"})
# All of these lead to a polite limit when the knowledge base finds nothing either.
REJECTING = frozenset({"hors_sujet", "bavardage", "insulte"})
WORST = 40


@dataclass(frozen=True)
class Prediction:
    """A sentence and how the classifier ranked the intents for it."""

    sentence: Sentence
    ranking: Sequence[tuple[str, float]]

    @property
    def best(self) -> str:
        """The first intent."""
        return self.ranking[0][0]

    @property
    def confidence(self) -> float:
        """Its probability."""
        return self.ranking[0][1]

    @property
    def right(self) -> bool:
        """Whether the first intent is the true one."""
        return self.best == self.sentence.intent


def summary(predictions: Sequence[Prediction]) -> dict[str, Any]:
    """Accuracy, F1 per label, calibration, and what the citizen meets (all between 0 and 1)."""
    confidence = np.array([item.confidence for item in predictions])
    right = np.array([item.right for item in predictions], dtype=float)
    among_three = [item.sentence.intent in [name for name, _ in item.ranking[:3]] for item in predictions]
    f1 = per_intent(predictions)
    return {
        "sentences": len(predictions),
        "accuracy": _rounded(right.mean()),
        "accuracy_among_three": _rounded(np.mean(among_three)),
        "macro_f1": _rounded(np.mean([scores["f1"] for scores in f1.values()])),
        "expected_calibration_error": _rounded(expected_calibration_error(confidence, right)),
        "as_acts": as_acts(predictions),
        "by_voice": by_voice(predictions),
        "per_intent": f1,
    }


def as_acts(predictions: Sequence[Prediction]) -> dict[str, float]:
    """What the citizen meets: which questions are taken for one, which other acts are heard, what out-of-scope is turned away."""
    questions = [item for item in predictions if item.sentence.intent == QUESTION]
    outside = [item for item in predictions if item.sentence.intent in OUT_OF_SCOPE]
    others = [item for item in predictions if item.sentence.intent != QUESTION]
    return {
        "questions": len(questions),
        "questions_taken_for_one": _share(sum(item.right for item in questions), len(questions)),
        "other_acts_heard": _share(sum(item.right for item in others), len(others)),
        "out_of_scope": len(outside),
        "out_of_scope_turned_away": _share(sum(item.best in REJECTING for item in outside), len(outside)),
    }


def per_intent(predictions: Sequence[Prediction]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and number of sentences for each true intent."""
    truth = Counter(item.sentence.intent for item in predictions)
    guessed = Counter(item.best for item in predictions)
    hits = Counter(item.best for item in predictions if item.right)
    return {name: _f1(hits[name], guessed[name], truth[name]) for name in sorted(truth)}


def by_voice(predictions: Sequence[Prediction]) -> dict[str, float]:
    """Accuracy for each file of sentences."""
    voices = sorted({item.sentence.source for item in predictions})
    return {voice: _share(sum(i.right for i in predictions if i.sentence.source == voice),
                          sum(i.sentence.source == voice for i in predictions)) for voice in voices}


def worst_errors(predictions: Sequence[Prediction]) -> list[dict[str, Any]]:
    """The errors that the classifier was most sure of."""
    wrong = sorted((item for item in predictions if not item.right), key=lambda item: -item.confidence)
    return [{"text": item.sentence.text, "intent": item.sentence.intent, "predicted": item.best,
             "confidence": _rounded(item.confidence)} for item in wrong[:WORST]]


def _f1(hits: int, guessed: int, truth: int) -> dict[str, float]:
    precision, recall = _share(hits, guessed), _share(hits, truth)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": _rounded(f1), "sentences": truth}


def _share(part: int, whole: int) -> float:
    return _rounded(part / whole) if whole else 0.0


def _rounded(value: float) -> float:
    return round(float(value), 4)
