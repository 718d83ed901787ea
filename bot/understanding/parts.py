"""A label learnt in parts: « question/salaire » is a part of « question ». One separator a part, their shares added up.

A question about pay and one about a refused loan have little in common but that they are questions: no single line divides all of
them from the rest. The parts are the themes of the training files; nobody sees them in an answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SIGN = "/"


def whole(label: str) -> str:
    """« question/salaire » → « question »."""
    return label.split(SIGN)[0]


def wholes(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels that the parts make, sorted."""
    return tuple(sorted(set(map(whole, labels))))


def folding(labels: Sequence[str]) -> np.ndarray:
    """(labels, wholes): 1 where a label is part of a whole. Probabilities of parts @ this are those of wholes."""
    names = wholes(labels)
    matrix = np.zeros((len(labels), len(names)))
    matrix[np.arange(len(labels)), [names.index(whole(label)) for label in labels]] = 1.0
    return matrix
