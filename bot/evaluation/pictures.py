"""The confusion matrix and the calibration curve as PNG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib
import numpy as np

from bot.evaluation.scores import Prediction


def confusion_matrix(predictions: Sequence[Prediction], path: Path) -> None:
    """Rows: true intents; columns: predicted; colour: share of the row."""
    names = sorted({item.sentence.intent for item in predictions} | {item.best for item in predictions})
    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for item in predictions:
        counts[place[item.sentence.intent], place[item.best]] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    plot = _plot()
    figure, axes = plot.subplots(figsize=(15, 14))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xlabel("predicted")
    axes.set_ylabel("true")
    figure.tight_layout()
    figure.savefig(path, dpi=80)
    plot.close(figure)


def calibration_curve(predictions: Sequence[Prediction], path: Path, bins: int = 10) -> None:
    """How often right, against how sure; the diagonal is perfect."""
    confidence = np.array([item.confidence for item in predictions])
    right = np.array([item.right for item in predictions], dtype=float)
    edges = np.minimum((confidence * bins).astype(int), bins - 1)
    used = [number for number in range(bins) if (edges == number).any()]
    plot = _plot()
    figure, axes = plot.subplots(figsize=(6, 6))
    axes.plot([0, 1], [0, 1], linestyle=":", color="grey")
    axes.plot([confidence[edges == n].mean() for n in used], [right[edges == n].mean() for n in used], marker="o")
    for number in used:
        axes.annotate(str(int((edges == number).sum())), (confidence[edges == number].mean(), right[edges == number].mean()))
    axes.set_xlabel("confidence")
    axes.set_ylabel("share right")
    figure.tight_layout()
    figure.savefig(path, dpi=80)
    plot.close(figure)


def _plot():  # type: ignore[no-untyped-def]  # matplotlib.pyplot, imported late because it chooses a backend at import
    matplotlib.use("Agg")
    from matplotlib import pyplot

    return pyplot
