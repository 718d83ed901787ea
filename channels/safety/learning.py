"""How the net learns: from lists of distress, their false friends and ordinary messages.

Learnt twice, because a list says which message is one of distress, not which of its pieces (multiple-instance learning: Andrews
et al. 2002, « Support Vector Machines for Multiple-Instance Learning »).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack

from channels.safety.features import WIDTH, row_of
from channels.safety.lists import Lists
from channels.safety.net import MEANING, WORDS, Array, DistressNet, Encoder
from channels.safety.pieces import pieces
from knowledge_base.search.meaning import WIDTH as VECTOR
from knowledge_base.search.meaning import vectors_of

REGULARISATION = 20.0
TELLING_PIECES = 2  # of a message of distress, at most, that are taken as distress themselves
WORRYING = 0.2
_BATCH = 2048  # pieces encoded together


@dataclass(frozen=True)
class Pieces:
    """Messages as rows of one matrix; message `n` has the rows `starts[n]` to `starts[n + 1]`."""

    rows: csr_matrix
    starts: np.ndarray

    @classmethod
    def of(cls, texts: Sequence[str], encoder: Encoder = vectors_of) -> Pieces:
        """Cuts, reads and encodes messages; one without words is left out."""
        cut = [found for text in texts if (found := pieces(text))]
        return cls(_matrix(list(itertools.chain.from_iterable(cut)), encoder), np.cumsum([0, *map(len, cut)]))

    def some(self, chosen: Sequence[int]) -> Pieces:
        """Only these messages."""
        rows = [row for message in chosen for row in range(self.starts[message], self.starts[message + 1])]
        sizes = [self.starts[message + 1] - self.starts[message] for message in chosen]
        return Pieces(self.rows[rows], np.cumsum([0, *sizes]))

    def __len__(self) -> int:
        return len(self.starts) - 1


def learn(told: Pieces, kinds: Sequence[str], calm: Pieces) -> DistressNet:
    """The net of these messages; `kinds` says what each message of distress is about."""
    first = _separator(told.rows[told.starts[:-1]], calm.rows)
    telling = _telling(first, told)
    chosen = [row for rows in telling for row in rows]
    named = [kind for kind, rows in zip(kinds, telling, strict=True) for _ in rows]
    names = sorted(set(named))
    weights = [_separator(told.rows[chosen], calm.rows), *(_one_kind(told.rows[chosen], named, name) for name in names)]
    table = np.stack([weight[:-1] for weight in weights]).astype(np.float32)
    return DistressNet(table[:, :WIDTH], table[:, WIDTH:], np.array([weight[-1] for weight in weights], np.float32), tuple(names))


def shares(net: DistressNet, messages: Pieces) -> Array:
    """How sure the net is of each message: that of its most worrying piece."""
    margins = messages.rows @ np.r_[net.words[0], net.meaning[0]] + net.offsets[0]
    found = 1.0 / (1.0 + np.exp(-margins))
    worst: Array = np.maximum.reduceat(found, messages.starts[:-1]).astype(np.float32)
    return worst


def learn_lists(lists: Lists, encoder: Encoder = vectors_of) -> DistressNet:
    """The net of all lists together."""
    told = [said for messages in lists.distress.values() for said in messages if pieces(said[0])]
    calm = [text for source in (lists.harmless, lists.ordinary) for texts in source.values() for text in texts]
    return learn(Pieces.of([text for text, _ in told], encoder), [kind for _, kind in told], Pieces.of(calm, encoder))


def _matrix(texts: Sequence[str], encoder: Encoder) -> csr_matrix:
    rows = [row_of(text) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    places = np.concatenate([places for places, _ in rows]) if rows else np.zeros(0, np.int32)
    values = np.concatenate([values for _, values in rows]) if rows else np.zeros(0, np.float32)
    words = csr_matrix((WORDS * values, places, ends), shape=(len(texts), WIDTH))
    batches = [encoder(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
    meaning = np.concatenate(batches) if batches else np.zeros((0, VECTOR), np.float32)
    return csr_matrix(hstack([words, csr_matrix(MEANING * meaning)]), dtype=np.float32)


def _separator(told: csr_matrix, calm: csr_matrix) -> np.ndarray:
    return _fitted(vstack([told, calm], format="csr"), np.r_[np.ones(told.shape[0]), np.zeros(calm.shape[0])])


def _one_kind(told: csr_matrix, named: Sequence[str], name: str) -> np.ndarray:
    return _fitted(told, np.array([kind == name for kind in named], dtype=float))


def _fitted(rows: csr_matrix, labels: np.ndarray) -> np.ndarray:
    from sklearn.linear_model import LogisticRegression

    machine = LogisticRegression(C=REGULARISATION, solver="lbfgs", max_iter=120, tol=1e-3).fit(rows, labels)
    weights: np.ndarray = np.r_[machine.coef_[0], machine.intercept_]
    return weights


def _telling(weights: np.ndarray, messages: Pieces) -> list[list[int]]:
    """The rows that tell of distress: of each message its most worrying piece, and the next one if it worries too."""
    found = 1.0 / (1.0 + np.exp(-(messages.rows @ weights[:-1] + weights[-1])))
    chosen = []
    for start, end in itertools.pairwise(messages.starts):
        best = start + np.argsort(-found[start:end])[:TELLING_PIECES]
        chosen.append([int(row) for rank, row in enumerate(best) if rank == 0 or found[row] > WORRYING])
    return chosen
