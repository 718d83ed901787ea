"""The learnt net beside the patterns: how much a message sounds like the lists of distress, and like which kind.

A linear separator over the pieces of a message (the whole, clauses, windows): its score is that of the most worrying piece. It
reads the words of a piece (features.py) and its meaning (the encoder of the search, all pieces in one batch).
Learnt by learning.py, kept as arrays; nothing is pickled.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import structlog

from channels.safety.features import row_of
from channels.safety.pieces import pieces
from knowledge_base.search.meaning import vectors_of

log = structlog.get_logger(__name__)
SUFFIX = ".distress.npz"  # of the file that training leaves beside the model
WORDS, MEANING = 2.0, 2.0  # how much words and meaning weigh; chosen on lists and writers left out

Array = npt.NDArray[np.float32]
Encoder = Callable[[Sequence[str]], Any]


@dataclass(frozen=True, slots=True)
class Sounds:
    """What the net heard: how sure (0 to 1), which kinds (share by name), and the piece that says it."""

    share: float
    kinds: dict[str, float]
    piece: str


SILENT = Sounds(0.0, {}, "")


@dataclass(frozen=True)
class DistressNet:
    """A trained net. Row 0 of `words` and `meaning` tells distress from the rest, the others one kind each."""

    words: Array
    meaning: Array
    offsets: Array
    kinds: tuple[str, ...]
    encoder: Encoder = vectors_of

    def hear(self, text: str) -> Sounds | None:
        """What the message sounds like; None when the encoder is down."""
        cut = pieces(text)
        if not cut:
            return SILENT
        try:
            vectors = self.encoder(cut)
        except Exception as error:  # the patterns remain
            log.error("distress_encoder_down", error=type(error).__name__)
            return None
        scores = [self._scores(piece, vector) for piece, vector in zip(cut, vectors, strict=True)]
        worst = max(range(len(cut)), key=lambda at: scores[at][0])
        kinds = {name: _share(float(score)) for name, score in zip(self.kinds, scores[worst][1:], strict=True)}
        return Sounds(_share(float(scores[worst][0])), kinds, cut[worst])

    def _scores(self, piece: str, vector: Array) -> Array:
        places, values = row_of(piece)
        scores: Array = self.words[:, places] @ (WORDS * values) + self.meaning @ (MEANING * vector) + self.offsets
        return scores

    def save(self, path: Path) -> None:
        """Writes the arrays; half precision keeps the file small."""
        np.savez_compressed(
            path, words=self.words.astype(np.float16), meaning=self.meaning, offsets=self.offsets, kinds=np.array(self.kinds)
        )

    @classmethod
    def load(cls, path: Path) -> DistressNet:
        """Reads what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(
                arrays["words"].astype(np.float32),
                arrays["meaning"],
                arrays["offsets"],
                tuple(str(name) for name in arrays["kinds"]),
            )


def _share(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))
