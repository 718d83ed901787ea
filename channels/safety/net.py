"""The learnt net beside the patterns: how much a message sounds like the lists of distress, and like which kind.

Two linear separators that read the words of a text (features.py) and its meaning (the encoder of the search, all pieces in one
batch). One reads every piece of a message (the whole, clauses, windows): the most worrying piece says how sure it is, so that one
clause is heard in a long question. The other reads the message as a whole, where half-words stand beside what they are said of.
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
PIECE_WEIGHS = 0.3  # beside the whole message, when nothing is sure; chosen on a blind list that was left out
_PIECE, _WHOLE, _FIRST_KIND = 0, 1, 2  # rows of the arrays
WORDS, MEANING = 2.0, 2.0  # how much words and meaning weigh; chosen on lists and writers left out

Array = npt.NDArray[np.float32]
Encoder = Callable[[Sequence[str]], Any]


@dataclass(frozen=True, slots=True)
class Sounds:
    """What the net heard: how sure (0 to 1) of the most worrying piece, which kinds (share by name), that piece, how sure of the
    message read as a whole, and of both together."""

    share: float
    kinds: dict[str, float]
    piece: str
    whole: float
    together: float


SILENT = Sounds(0.0, {}, "", 0.0, 0.0)


@dataclass(frozen=True)
class DistressNet:
    """A trained net. Row 0 of `words` and `meaning` tells distress from the rest in a piece, row 1 in a whole message, the others
    tell one kind each."""

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
        worst = max(range(len(cut)), key=lambda at: scores[at][_PIECE])
        by_kind = (scores[worst][_FIRST_KIND:] + scores[0][_FIRST_KIND:]) / 2
        kinds = {name: _share(float(score)) for name, score in zip(self.kinds, by_kind, strict=True)}
        piece, whole = float(scores[worst][_PIECE]), float(scores[0][_WHOLE])
        together = PIECE_WEIGHS * piece + (1 - PIECE_WEIGHS) * whole
        return Sounds(_share(piece), kinds, cut[worst], _share(whole), _share(together))

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
