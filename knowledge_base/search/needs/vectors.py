"""Sentence vectors of many texts, each computed once: kept in a file of the state directory, so that an edit costs one text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from knowledge_base.search.meaning import WIDTH, Vectors, vectors_of
from language.fold import fold
from language.typos import shipped_vocabulary
from language.words import normal_words

# What is kept of a text before it is encoded: longer ones say nothing more to the encoder.
LONGEST = 600
BATCH = 256
# Change it when texts are spelled out in another way: their vectors are then computed again.
SPELLING = 1


def encoded(texts: Sequence[str]) -> Vectors:
    """The vectors of texts as they would be spelled out (« g 15 an jpe » means « j'ai 15 ans je peux »), cut to what is read."""
    return vectors_of([spelled_out(text) for text in texts])


@lru_cache(maxsize=4096)
def spelled_out(text: str) -> str:
    """The text with SMS spellings and slips written out; what was well written stays as it is, accents included."""
    text = text[:LONGEST]
    said = ((text[word.start : word.end], word.normal) for word in normal_words(text, shipped_vocabulary()))
    return " ".join(typed if normal == fold(typed) else normal for typed, normal in said)


class VectorStore:
    """Text → vector, on disk. One process builds at a time (the caller holds the folder's lock)."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._rows: dict[str, int] = {}
        self._known = np.zeros((0, WIDTH), dtype=np.float32)
        if path and path.exists():
            with np.load(path) as kept:
                self._known = kept["vectors"].astype(np.float32)
                self._rows = {key: row for row, key in enumerate(kept["keys"].tobytes().decode().split())}

    def of(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 per text; those never seen are encoded and kept."""
        keys = [_key(text) for text in texts]
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if fresh:
            self._keep(list(fresh), list(fresh.values()))
        return self._known[[self._rows[key] for key in keys]] if keys else np.zeros((0, WIDTH), dtype=np.float32)

    def _keep(self, keys: list[str], texts: list[str]) -> None:
        batches = [encoded(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
        for key in keys:
            self._rows[key] = len(self._rows)
        self._known = np.vstack([self._known, *batches])
        if self._path:
            self._save(self._path)

    def _save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f".{path.name}.npz")
        lines = np.frombuffer(" ".join(self._rows).encode(), dtype=np.uint8)
        np.savez(scratch, vectors=self._known.astype(np.float16), keys=lines)
        scratch.replace(path)


def _key(text: str) -> str:
    return hashlib.blake2b(f"{SPELLING}{text[:LONGEST]}".encode(), digest_size=10).hexdigest()
