"""What the net reads of a piece beside its meaning: its words, pairs of words and letters, as places in one table."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from channels.safety.plain_french import plain_french

WIDTH = 1 << 17
_LETTERS = (3, 4, 5)  # how many in a row

Places = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float32]


def row_of(piece: str) -> tuple[Places, Weights]:
    """The places of a piece in the table and how much stands there, of length 1."""
    words = plain_french()(piece).split() or piece.split()
    counted: Counter[int] = Counter()
    for word in words:
        counted.update(_of_word(word))
    counted.update(_place(f"2{a} {b}") for a, b in pairwise(words))
    if not counted:
        return np.zeros(0, np.int32), np.zeros(0, np.float32)
    values = np.array([1.0 + math.log(count) for count in counted.values()], dtype=np.float32)
    return np.fromiter(counted, dtype=np.int32), values / np.float32(np.linalg.norm(values))


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[int, ...]:
    edged = f" {word} "
    letters = [edged[at : at + size] for size in _LETTERS for at in range(len(edged) - size + 1)]
    return (_place(f"1{word}"), *(_place(f"0{part}") for part in letters))


def _place(feature: str) -> int:
    return crc32(feature.encode()) & (WIDTH - 1)
