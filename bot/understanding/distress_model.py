"""The distress net: how much a message sounds like the lists of distress, and not like their false friends.

Words and characters, one linear separator, over the pieces of a message: its score is that of its most worrying piece.
Learnt twice, because a list says which message is one of distress, not which of its pieces (multiple-instance
learning: Andrews et al. 2002, « Support Vector Machines for Multiple-Instance Learning »).
"""

from __future__ import annotations

import functools
import itertools
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.understanding.single import unit_row

META_FILE, ARRAYS_FILE = "distress_model.json", "distress_model.npz"
REGULARISATION = 5.0
TELLING_PIECES = 2  # of a message of distress, at most, that are taken as distress themselves
WORRYING = 0.2
_VIEWS = {"words": {"analyzer": "word", "token_pattern": r"\S+", "ngram_range": (1, 2), "min_df": 2},
          "characters": {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 3}}

Message = Sequence[str]  # the pieces of a message, the whole first


@dataclass(frozen=True)
class DistressModel:
    """A trained net. `coefficients`: (features,)."""

    vectorizers: dict[str, TfidfVectorizer]
    coefficients: np.ndarray
    intercept: float

    @classmethod
    def trained(cls, distress: Sequence[Message], harmless: Sequence[Message]) -> DistressModel:
        """Learns from messages of both kinds, as their pieces (see `pieces`); a message without words teaches nothing."""
        distress, harmless = [list(filter(None, messages)) for messages in (distress, harmless)]
        wholes = [message[0] for message in [*distress, *harmless]]
        vectorizers = {name: _vectorizer(name).fit(wholes) for name in _VIEWS}
        model = cls(vectorizers, np.zeros(0), 0.0)
        calm = model.matrix([piece for message in harmless for piece in message])
        told = model.matrix([piece for message in distress for piece in message])
        starts = np.cumsum([0, *map(len, distress)])
        first = model._fitted(told[starts[:-1]], calm)  # from whole messages
        return model._fitted(told[_telling(first._shares(told), starts)], calm)

    def probability(self, message: Message) -> float:
        """How sure it is, 0 to 1, that some piece of the message tells of distress."""
        return max(map(self._share, message), default=0.0)

    def _share(self, text: str) -> float:
        # The same number as `_shares(matrix([text]))`, without building matrices: a turn is waiting.
        margin, offset = self.intercept, 0
        for cut, vectorizer in self._cutters:
            columns, values = unit_row(cut(text), vectorizer.vocabulary_, vectorizer.idf_)
            margin += float(values @ self.coefficients[columns + offset])
            offset += len(vectorizer.vocabulary_)
        return 1.0 / (1.0 + math.exp(-margin))

    @functools.cached_property
    def _cutters(self) -> list[tuple[Callable[[str], Iterable[str]], TfidfVectorizer]]:
        return [(vectorizer.build_analyzer(), vectorizer) for vectorizer in self.vectorizers.values()]

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row per text, the columns of the views in their order."""
        return csr_matrix(hstack([vectorizer.transform(texts) for vectorizer in self.vectorizers.values()]))

    def _shares(self, matrix: csr_matrix) -> np.ndarray:
        return np.asarray(1.0 / (1.0 + np.exp(-(matrix @ self.coefficients + self.intercept))))

    def _fitted(self, told: csr_matrix, calm: csr_matrix) -> DistressModel:
        labels = np.r_[np.ones(told.shape[0]), np.zeros(calm.shape[0])]
        machine = LogisticRegression(C=REGULARISATION, solver="liblinear", random_state=0).fit(vstack([told, calm]), labels)
        return DistressModel(self.vectorizers, machine.coef_[0].astype(np.float32), float(machine.intercept_[0]))

    def save(self, folder: Path) -> None:
        """Writes two files into an existing folder; nothing is pickled."""
        terms = {name: list(vectorizer.get_feature_names_out()) for name, vectorizer in self.vectorizers.items()}
        meta = json.dumps({"terms": terms, "intercept": self.intercept}, ensure_ascii=False)
        (folder / META_FILE).write_text(meta, encoding="utf-8")
        weights = {f"idf_{name}": vectorizer.idf_.astype(np.float32) for name, vectorizer in self.vectorizers.items()}
        np.savez(folder / ARRAYS_FILE, coefficients=self.coefficients, **weights)

    @classmethod
    def load(cls, folder: Path) -> DistressModel:
        """Reads what `save` wrote."""
        meta = json.loads((folder / META_FILE).read_text(encoding="utf-8"))
        with np.load(folder / ARRAYS_FILE, allow_pickle=False) as arrays:
            vectorizers = {name: _vectorizer(name, terms) for name, terms in meta["terms"].items()}
            for name, vectorizer in vectorizers.items():
                vectorizer.idf_ = arrays[f"idf_{name}"].astype(np.float64)
            return cls(vectorizers, arrays["coefficients"], float(meta["intercept"]))


def _vectorizer(name: str, terms: Sequence[str] | None = None) -> TfidfVectorizer:
    vocabulary = {term: column for column, term in enumerate(terms)} if terms is not None else None
    return TfidfVectorizer(sublinear_tf=True, lowercase=False, vocabulary=vocabulary, **_VIEWS[name])


def _telling(shares: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The rows that tell of distress: of each message its most worrying piece, and the next one if it worries too."""
    rows: list[int] = []
    for start, end in itertools.pairwise(starts):
        best = start + np.argsort(-shares[start:end])[:TELLING_PIECES]
        rows += [int(row) for rank, row in enumerate(best) if rank == 0 or shares[row] > WORRYING]
    return np.array(rows, dtype=np.int64)
