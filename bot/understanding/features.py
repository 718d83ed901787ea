"""Features of the intent classifier: several views of one sentence, each a TF-IDF of unit length, and its vector; all weighted.

Characters catch spelling, words catch expressions, the shape catches the question whatever trade it names, concepts,
their order and their pairs bring the knowledge that the training sentences are too few to teach, the vector what other
words mean the same. Weights: by cross-validation, see docs/nlu/.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.language.concepts import Concepts, shipped_concepts
from bot.understanding.encoder import shipped_encoder

LONGEST = 12  # words; longer sentences count as this long
VECTOR_WEIGHT = 2.5


@dataclass(frozen=True)
class Reading:
    """What is known of one sentence before it is cut up: its normal text, the concepts in it, its shape, its vector."""

    text: str
    concepts: Sequence[str]
    sequence: Sequence[str]
    shape: str
    vector: np.ndarray


@dataclass(frozen=True)
class View:
    """How a sentence is seen: `read` gives the string that the vectorizer cuts up."""

    read: Callable[[Reading], str]
    weight: float
    settings: Mapping[str, Any]


def _bounded(text: str) -> str:
    # How a message begins and ends tells much of a short one (« et à Caen ? », « je veux… »).
    return f"<s> {text} </s>"


def _length(reading: Reading) -> str:
    return f"L{min(len(reading.text.split()), LONGEST)}"


def _pairs(reading: Reading) -> str:
    return " ".join("+".join(pair) for pair in itertools.combinations(reading.concepts, 2))


_TOKENS = {"analyzer": "word", "token_pattern": r"\S+"}
VIEWS: dict[str, View] = {
    "characters": View(lambda reading: reading.text, 2.0, {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2}),
    "words": View(lambda reading: _bounded(reading.text), 1.0, {**_TOKENS, "ngram_range": (1, 2)}),
    "shape": View(lambda reading: _bounded(reading.shape), 1.5, {**_TOKENS, "ngram_range": (1, 3)}),
    "concepts": View(lambda reading: " ".join(reading.concepts), 0.6, _TOKENS),
    "sequence": View(lambda reading: _bounded(" ".join(reading.sequence)), 1.5, {**_TOKENS, "ngram_range": (1, 3), "min_df": 2}),
    "pairs": View(_pairs, 0.5, {**_TOKENS, "min_df": 2}),
    "length": View(_length, 0.3, _TOKENS),
}


class TextFeatures:
    """Fits and applies every view of `VIEWS`."""

    def __init__(self, concepts: Concepts | None = None) -> None:
        """Uses the shipped concepts unless others are given."""
        self.concepts = concepts or shipped_concepts()
        self.vectorizers = {name: _vectorizer(view) for name, view in VIEWS.items()}

    def fit(self, readings: Sequence[Reading]) -> TextFeatures:
        """Learns the vocabularies."""
        for name, vectorizer in self.vectorizers.items():
            vectorizer.fit([VIEWS[name].read(reading) for reading in readings])
        return self

    def transform(self, readings: Sequence[Reading], axes: np.ndarray | None = None) -> csr_matrix:
        """One row per reading: the columns of the views in their order, then those of the vector, along `axes` if given."""
        blocks = [vectorizer.transform([VIEWS[name].read(reading) for reading in readings]) * VIEWS[name].weight
                  for name, vectorizer in self.vectorizers.items()]
        vectors = weighted_vectors(readings)
        return csr_matrix(hstack([*blocks, csr_matrix(vectors if axes is None else vectors @ axes)]), dtype=np.float32)

    def vocabulary(self) -> dict[str, list[str]]:
        """The terms of each view, in column order (JSON)."""
        return {name: list(v.get_feature_names_out()) for name, v in self.vectorizers.items()}

    def weights(self) -> dict[str, np.ndarray]:
        """The inverse document frequencies of each view."""
        return {name: vectorizer.idf_ for name, vectorizer in self.vectorizers.items()}

    @classmethod
    def restored(cls, vocabulary: Mapping[str, Sequence[str]], weights: Mapping[str, np.ndarray]) -> TextFeatures:
        """The features that `vocabulary` and `weights` were taken from."""
        features = cls()
        for name, view in VIEWS.items():
            vectorizer = _vectorizer(view, {term: column for column, term in enumerate(vocabulary[name])})
            vectorizer.idf_ = np.asarray(weights[name], dtype=np.float64)
            features.vectorizers[name] = vectorizer
        return features

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """What is known of each normal text. The same for every model: read once, fit often."""
        vectors = shipped_encoder().vectors(texts)
        return [self.reading(text, vector) for text, vector in zip(texts, vectors, strict=True)]

    def reading(self, text: str, vector: np.ndarray) -> Reading:
        """What is known of a normal text whose vector was made elsewhere."""
        respelled = self.concepts.respelled(text)
        sequence = self.concepts.sequence(respelled)
        return Reading(text, sorted(set(sequence)), sequence, self.concepts.shape(respelled), vector)


def weighted_vectors(readings: Sequence[Reading]) -> np.ndarray:
    """The vectors of readings as the model weighs them, (readings, DIMENSIONS)."""
    return np.stack([reading.vector for reading in readings]) * VECTOR_WEIGHT


def main_axes(vectors: np.ndarray, kept: int) -> np.ndarray:
    """The orthogonal directions along which the vectors differ most, (DIMENSIONS, `kept`), without moving their origin."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)  # by rising eigenvalue
    return np.ascontiguousarray(directions[:, ::-1][:, :kept])


def _vectorizer(view: View, vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, lowercase=False, vocabulary=vocabulary, **view.settings)
