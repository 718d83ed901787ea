"""From margins to probabilities: one temperature, chosen on predictions that were made out of the fold.

Softmax with a single temperature keeps the order of the candidates and cannot overfit (one number); Guo et al. 2017,
« On Calibration of Modern Neural Networks », found it as good as richer methods.
"""

from __future__ import annotations

import numpy as np

_TEMPERATURES = np.geomspace(0.02, 2.0, 60)


def probabilities(margins: np.ndarray, temperature: float) -> np.ndarray:
    """Softmax of margins / temperature, row by row. Shapes: (messages, intents) → the same."""
    scaled = margins / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    exponentials = np.exp(scaled)
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True))


def log_loss(margins: np.ndarray, truth: np.ndarray, temperature: float, folding: np.ndarray | None = None) -> float:
    """Mean negative log-likelihood of the true columns (`truth`: column index of each row), after `folding` if given."""
    rows = probabilities(margins, temperature)
    chosen = (rows if folding is None else rows @ folding)[np.arange(len(truth)), truth]
    return float(-np.log(np.clip(chosen, 1e-12, 1.0)).mean())


def best_temperature(margins: np.ndarray, truth: np.ndarray, folding: np.ndarray | None = None) -> float:
    """The temperature with the least log-loss on out-of-fold margins. `folding`: (columns, wholes), see `parts`."""
    losses = [log_loss(margins, truth, temperature, folding) for temperature in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def expected_calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Mean distance between how sure and how right, over equal bins of confidence, weighted by their size."""
    edges = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(confidence[edges == b].mean() - right[edges == b].mean()) * (edges == b).sum()
            for b in range(bins) if (edges == b).any()]
    return float(sum(gaps) / max(len(confidence), 1))
