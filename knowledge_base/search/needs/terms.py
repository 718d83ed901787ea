"""Terms of a text and a sparse table of them: which documents hold a term, and how telling it is there."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge_base.language import french
from knowledge_base.search.schema import stems
from knowledge_base.text import words

Scores = npt.NDArray[np.float32]
GRAM_LENGTHS = (3, 4, 5)


@lru_cache(maxsize=8192)
def tokens_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, SMS spellings written out."""
    return tuple(french().expand_sms(words(text)))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    found = stems(word)
    return found[0] if found else word


def stems_of(tokens: Sequence[str]) -> tuple[str, ...]:
    """The stems of the words that are no mere articles or prepositions."""
    light = french().light
    return tuple(_stem(token) for token in tokens if token not in light)


@lru_cache(maxsize=65536)
def _grams_of_word(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[at : at + size] for size in GRAM_LENGTHS for at in range(len(padded) - size + 1))


def grams_of(tokens: Sequence[str]) -> tuple[str, ...]:
    """The character 3- to 5-grams of each word, edges marked: they survive a misspelling."""
    light = french().light
    return tuple(gram for token in tokens if token not in light for gram in _grams_of_word(token))


def _idf(size: int, frequency: int) -> float:
    return 1.0 + math.log((1 + size) / (1 + frequency))


class TermTable:
    """TF-IDF over a set of documents, each a bag of terms; likeness is the cosine.

    Plain arrays, so that it is saved and loaded without code: `vocabulary` (term → row), `starts` (where the postings of a row
    begin), `documents` and `weights` (one posting each), `idf` (by row).
    """

    def __init__(self, vocabulary: Mapping[str, int], arrays: Mapping[str, npt.NDArray[Any]], size: int) -> None:
        self.vocabulary, self.size = vocabulary, size
        self.starts, self.documents = arrays["starts"], arrays["documents"]
        self.weights, self.idf = arrays["weights"], arrays["idf"]

    @classmethod
    def of(cls, bags: Iterable[Sequence[str]], like: TermTable | None = None) -> TermTable:
        """The table of documents given as bags of terms, in order; `like` lends how telling its terms are."""
        counts = [Counter(bag) for bag in bags]
        frequency = Counter(term for count in counts for term in count)
        vocabulary = {term: row for row, term in enumerate(sorted(frequency))}
        weigh = like.telling if like else lambda term: _idf(len(counts), frequency[term])
        idf = np.array([weigh(term) for term in vocabulary], dtype=np.float32)
        return cls(vocabulary, _postings(counts, vocabulary, idf) | {"idf": idf}, len(counts))

    def telling(self, term: str) -> float:
        """How telling a term is: that of a term in no document when it is unknown."""
        row = self.vocabulary.get(term)
        return _idf(self.size, 0) if row is None else float(self.idf[row])

    def likeness(self, bag: Sequence[str]) -> Scores:
        """The cosine of a bag of terms with each document, (size,); terms that no document holds count in its length."""
        scores = np.zeros(self.size, dtype=np.float32)
        asked = {term: (1 + math.log(times)) * self.telling(term) for term, times in Counter(bag).items()}
        known = [(self.vocabulary[term], weight) for term, weight in asked.items() if term in self.vocabulary]
        if not known:
            return scores
        rows, weights = np.array([row for row, _ in known]), np.array([weight for _, weight in known], dtype=np.float32)
        first, held = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        # The runs of all terms one after the other: there are hundreds of them, most are short.
        at = np.arange(held.sum()) + np.repeat(first - np.cumsum(held) + held, held)
        np.add.at(scores, self.documents[at], self.weights[at] * np.repeat(weights, held))
        return scores / np.float32(math.sqrt(sum(weight * weight for weight in asked.values())))

    def holding(self, term: str) -> npt.NDArray[np.int32]:
        """The documents that hold a term."""
        row = self.vocabulary.get(term)
        found: npt.NDArray[np.int32] = (
            self.documents[:0] if row is None else self.documents[self.starts[row] : self.starts[row + 1]]
        )
        return found

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What `__init__` takes, with the vocabulary as one text of lines."""
        lines = np.frombuffer("\n".join(self.vocabulary).encode(), dtype=np.uint8)
        return {"vocabulary": lines, "starts": self.starts, "documents": self.documents, "weights": self.weights,
                "idf": self.idf, "size": np.array(self.size)}  # fmt: skip

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> TermTable:
        """The table that `arrays` gave."""
        text = arrays["vocabulary"].tobytes().decode()
        vocabulary = {term: row for row, term in enumerate(text.split("\n"))} if text else {}
        return cls(vocabulary, arrays, int(arrays["size"]))


def _postings(counts: Sequence[Counter[str]], vocabulary: Mapping[str, int], idf: Scores) -> dict[str, npt.NDArray[Any]]:
    """By term, then by document: each document's weights have length 1."""
    held = np.array([len(count) for count in counts], dtype=np.int64)
    documents = np.repeat(np.arange(len(counts), dtype=np.int32), held)
    rows = np.fromiter((vocabulary[term] for count in counts for term in count), dtype=np.int64, count=len(documents))
    times = np.fromiter((said for count in counts for said in count.values()), dtype=np.float64, count=len(documents))
    weights = (1 + np.log(times)) * idf[rows]
    length = np.sqrt(np.bincount(documents, weights * weights, len(counts)))
    order = np.argsort(rows, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(vocabulary)))])
    unit = weights / np.where(length > 0, length, 1.0)[documents]
    return {"starts": starts, "documents": documents[order], "weights": unit[order].astype(np.float32)}
