"""A learned guess for names of trades that no table holds: which ROME code do such words belong to?

Two voices. How it is written: multinomial naive Bayes on TF-IDF of characters, words, stems and first words, trained on
the names of trades and, with less weight, on the skills and texts of their sheets. What it means: the nearest known name
of each code by sentence vectors (see meaning.py). Measured on names held out at random (see evaluation/). All arrays lie
on disk and are shared by all processes through the page cache.
"""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge_base.language import french
from knowledge_base.search.meaning import Vectors, vector_of, vectors_of
from knowledge_base.search.schema import stems
from knowledge_base.text import words

FORMAT = 2
SMOOTHING = 0.01
LONGEST_GRAM = 5
# Fewer codes than this (a fresh install without the ROME files) are no ground for a guess.
FEWEST_CODES = 20
NAME_WEIGHT, SKILL_WEIGHT, TEXT_WEIGHT = 1.0, 0.5, 0.2
# How much a full likeness of meaning counts beside the logarithm of the other voice's belief.
MEANING_WEIGHT = 20.0
# Naive Bayes is far too sure of itself: what is second or third best must not look impossible.
TEMPERATURE = 3.0


@dataclass(frozen=True)
class Sample:
    """A text that belongs to a ROME code; `weight` says how telling it is, `heard` whether its meaning is kept too."""

    text: str
    rome: str
    weight: float
    heard: bool = False


def features(text: str) -> list[str]:
    """Padded character 2-5-grams of each word, words, stems, pairs, and what goes with the first word; no articles."""
    light = french().light
    kept = [word for word in words(text) if word not in light]
    found = [f"w:{word}" for word in kept] + [f"w:{one} {two}" for one, two in pairwise(kept)]
    roots = stems(" ".join(kept))
    found += [f"s:{root}" for root in roots] + [f"h:{root}" for root in roots[:1]]
    found += [f"h:{roots[0]} {root}" for root in roots[1:]]
    for word in kept:
        padded = f" {word} "
        for size in range(2, LONGEST_GRAM + 1):
            found += [padded[start : start + size] for start in range(len(padded) - size + 1)]
    return found


def digest_of(samples: Iterable[Sample]) -> str:
    """A fingerprint of the training data: the same data need no second training."""
    hasher = hashlib.sha256(str(FORMAT).encode())
    for sample in samples:
        hasher.update(f"{sample.text}\t{sample.rome}\t{sample.weight}\n".encode())
    return hasher.hexdigest()[:20]


def train(samples: list[Sample], folder: Path) -> None:
    """Trains and writes the model at `folder`, in one rename."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.naive_bayes import MultinomialNB

    vectorizer = TfidfVectorizer(analyzer=features, sublinear_tf=True, min_df=2, dtype=np.float32)
    matrix = vectorizer.fit_transform([sample.text for sample in samples])
    model = MultinomialNB(alpha=SMOOTHING)
    model.fit(matrix, [sample.rome for sample in samples], sample_weight=[sample.weight for sample in samples])
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = folder.parent / f".{folder.name}-{uuid.uuid4().hex[:8]}"
    scratch.mkdir()
    np.save(scratch / "weights.npy", np.ascontiguousarray(model.feature_log_prob_.T, dtype=np.float16))
    np.save(scratch / "prior.npy", model.class_log_prior_.astype(np.float32))
    np.save(scratch / "idf.npy", vectorizer.idf_.astype(np.float32))
    _save_meanings(samples, [str(code) for code in model.classes_], scratch)
    vocabulary = {feature: int(row) for feature, row in vectorizer.vocabulary_.items()}
    meta = {"vocabulary": vocabulary, "classes": [str(code) for code in model.classes_]}
    (scratch / "model.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
    try:
        scratch.replace(folder)
    except OSError:
        # Another process trained the same data first.
        shutil.rmtree(scratch, ignore_errors=True)


def _save_meanings(samples: list[Sample], classes: list[str], folder: Path) -> None:
    position = {code: index for index, code in enumerate(classes)}
    heard = sorted({(position[sample.rome], sample.text) for sample in samples if sample.heard})
    np.save(folder / "meanings.npy", vectors_of([text for _, text in heard]))
    np.save(folder / "meaning_class.npy", np.array([index for index, _ in heard], dtype=np.int64))


class TradeModel:
    """Read-only and thread-safe."""

    def __init__(self, folder: Path) -> None:
        meta = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        self.classes: list[str] = meta["classes"]
        self._vocabulary: dict[str, int] = meta["vocabulary"]
        self._weights: npt.NDArray[np.float16] = np.load(folder / "weights.npy", mmap_mode="r")
        self._prior: npt.NDArray[np.float32] = np.load(folder / "prior.npy")
        self._idf: npt.NDArray[np.float32] = np.load(folder / "idf.npy")
        self._meanings: Vectors = np.load(folder / "meanings.npy", mmap_mode="r")
        heard, self._first = np.unique(np.load(folder / "meaning_class.npy"), return_index=True)
        self._heard: npt.NDArray[np.int64] = heard

    def guess(self, text: str, limit: int = 5) -> list[tuple[str, float]]:
        """(ROME code, probability), best first; empty when no word of the text was ever seen, not even in part."""
        counts = Counter(row for feature in features(text) if (row := self._vocabulary.get(feature)) is not None)
        if not counts:
            return []
        rows = np.fromiter(counts, dtype=np.int64)
        values = np.array([1 + math.log(count) for count in counts.values()], dtype=np.float32) * self._idf[rows]
        values /= np.linalg.norm(values)
        scores = values @ self._weights[rows].astype(np.float32) + self._prior
        scores[self._heard] += MEANING_WEIGHT * self._likeness(text)
        chances = np.exp((scores - scores.max()) / TEMPERATURE)
        chances /= chances.sum()
        best = np.argsort(-chances)[:limit]
        return [(self.classes[index], float(chances[index])) for index in best]

    def _likeness(self, text: str) -> npt.NDArray[np.float32]:
        """For each code with names: the likeness of its nearest name. They lie sorted by code."""
        found: npt.NDArray[np.float32] = np.maximum.reduceat(self._meanings @ vector_of(text), self._first)
        return found
