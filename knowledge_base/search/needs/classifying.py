"""Small linear classifiers, kept as arrays: which point is asked, and whether what was found answers."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from knowledge_base.search.meaning import Vectors

Floats = npt.NDArray[np.float64]
# Stems and their pairs fall into this many buckets: enough that they rarely meet.
BUCKETS = 1024
HOPS = 60


@dataclass(frozen=True)
class Linear:
    """`labels` by row of `weights`; two labels have one row (the second label's)."""

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats

    def chances(self, row: npt.NDArray[Any]) -> Floats:
        """One probability a label, for one row of features."""
        raw = self.weights @ row + self.bias
        if len(self.labels) == 2:
            yes = 1.0 / (1.0 + np.exp(-raw[0]))
            return np.array([1.0 - yes, yes])
        raised = np.exp(raw - raw.max())
        shares: Floats = raised / raised.sum()
        return shares

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What `from_arrays` takes."""
        return {"labels": np.array(self.labels), "weights": self.weights.astype(np.float32), "bias": self.bias.astype(np.float32)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Linear:
        """The classifier that `arrays` gave."""
        return cls(tuple(str(label) for label in arrays["labels"]), arrays["weights"], arrays["bias"])


def learn(rows: npt.NDArray[Any], labels: Sequence[str], *, ridge: float = 1.0, balanced: bool = False) -> Linear:
    """A logistic regression on rows of features; `ridge` is the inverse of scikit-learn's C."""
    # Only who learns pays for scikit-learn: it is two fifths of the time that a process takes to import everything else.
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0 / ridge, max_iter=HOPS, tol=1e-3, class_weight="balanced" if balanced else None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # near enough is enough: the figures are measured, not assumed
        model.fit(rows, list(labels))
    return Linear(tuple(str(label) for label in model.classes_), model.coef_, model.intercept_)


def words_and_meaning(stems: Sequence[str], vector: Vectors) -> npt.NDArray[np.float32]:
    """One row: hashed stems and pairs of stems (length 1), then the sentence vector."""
    row = np.zeros(BUCKETS, dtype=np.float32)
    for term in (*stems, *(f"{one} {two}" for one, two in pairwise(stems))):
        row[crc32(term.encode()) % BUCKETS] = 1.0
    return np.concatenate([row / (np.linalg.norm(row) or 1.0), vector]).astype(np.float32)
