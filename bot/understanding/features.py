"""Text features of the intent classifier: characters for spelling, words for meaning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

_ANALYZERS = {
    "characters": {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 2},
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"\S+", "min_df": 1},
}


class TextFeatures:
    """TF-IDF of characters (2-5 within words) beside TF-IDF of words (1-2); each half has unit length, weighted."""

    def __init__(self, word_weight: float = 1.0) -> None:
        """`word_weight`: length of the words' half beside the characters' half (1)."""
        self.word_weight = word_weight
        self._vectorizers = {name: _vectorizer(name) for name in _ANALYZERS}

    def fit(self, texts: Sequence[str]) -> TextFeatures:
        """Learns the vocabulary from normal texts."""
        for vectorizer in self._vectorizers.values():
            vectorizer.fit(texts)
        return self

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """One row per normal text."""
        characters = self._vectorizers["characters"].transform(texts)
        words = self._vectorizers["words"].transform(texts) * self.word_weight
        return csr_matrix(hstack([characters, words]), dtype=np.float32)

    def vocabulary(self) -> dict[str, list[str]]:
        """The n-grams of each half, in column order (JSON)."""
        return {name: list(v.get_feature_names_out()) for name, v in self._vectorizers.items()}

    def weights(self) -> dict[str, np.ndarray]:
        """The inverse document frequencies of each half."""
        return {name: vectorizer.idf_ for name, vectorizer in self._vectorizers.items()}

    @classmethod
    def restored(cls, vocabulary: dict[str, list[str]], weights: dict[str, np.ndarray], word_weight: float) -> TextFeatures:
        """The features that `vocabulary` and `weights` were taken from."""
        features = cls(word_weight)
        for name, grams in vocabulary.items():
            vectorizer = _vectorizer(name, vocabulary={gram: column for column, gram in enumerate(grams)})
            vectorizer.idf_ = np.asarray(weights[name], dtype=np.float64)
            features._vectorizers[name] = vectorizer
        return features


def _vectorizer(name: str, vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(sublinear_tf=True, lowercase=False, vocabulary=vocabulary, **_ANALYZERS[name])
