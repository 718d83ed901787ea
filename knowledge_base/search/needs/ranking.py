"""One linear ranking over the features, learnt listwise: the right sheets of a message share what the softmax gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge_base.search.needs.features import Matrix

# Chosen on writers left out: less overfits the commonest lessons, more forgets the rarer voices.
RIDGE = 10.0
ROUNDS = 200
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """The candidates of one message: their features, and which of them are right."""

    features: Matrix
    right: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Ranking:
    """`mean` and `scale` standardise a feature, `weights` weigh it; the score of a candidate has no unit."""

    mean: Floats
    scale: Floats
    weights: Floats

    def scores(self, features: Matrix) -> Floats:
        """One score a candidate."""
        found: Floats = ((features - self.mean) / self.scale) @ self.weights
        return found


def learn_ranking(examples: Sequence[Example]) -> Ranking:
    """The ranking that gives the right sheets of all examples the most; those without a right candidate say nothing."""
    from scipy.optimize import minimize  # only who learns pays for it

    told = [example for example in examples if example.right.any()]
    table = np.vstack([example.features for example in told]).astype(np.float64)
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-6
    starts = np.cumsum([0, *(len(example.right) for example in told)])
    loss = _Listwise((table - mean) / scale, starts, np.concatenate([example.right for example in told]))
    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return Ranking(mean, scale, found.x)


class _Listwise:
    """Minus the log of the share of the right candidates, summed over messages, and its gradient."""

    def __init__(self, table: Floats, starts: npt.NDArray[np.int_], right: npt.NDArray[np.bool_]) -> None:
        self._table, self._starts, self._right = table, starts[:-1], right.astype(np.float64)
        self._message = np.repeat(np.arange(len(starts) - 1), np.diff(starts))

    def __call__(self, weights: Floats) -> tuple[float, Floats]:
        raw = self._table @ weights
        raised = np.exp(raw - np.maximum.reduceat(raw, self._starts)[self._message])
        total, right = np.add.reduceat(raised, self._starts), np.add.reduceat(raised * self._right, self._starts)
        right = np.maximum(right, 1e-12)
        value = float((np.log(total) - np.log(right)).sum()) + RIDGE / 2 * float(weights @ weights)
        pull = raised / total[self._message] - raised * self._right / right[self._message]
        return value, self._table.T @ pull + RIDGE * weights
