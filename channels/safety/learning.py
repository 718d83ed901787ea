"""How the net learns: from lists of distress, their false friends and ordinary messages.

Learnt twice, because a list says which message is one of distress, not which of its pieces (multiple-instance learning: Andrews
et al. 2002, « Support Vector Machines for Multiple-Instance Learning »).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack, vstack

from channels.safety.features import WIDTH, row_of
from channels.safety.lists import Lists, weight_of
from channels.safety.net import MEANING, WORDS, DistressNet, Encoder
from channels.safety.pieces import pieces
from knowledge_base.search.meaning import WIDTH as VECTOR
from knowledge_base.search.meaning import vectors_of

REGULARISATION = 3.0
TELLING_PIECES = 2  # of a message of distress, at most, that are taken as distress themselves
WORRYING = 0.2
_BATCH = 2048  # pieces encoded together

Weights = npt.NDArray[np.float64]


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

    def whole(self) -> csr_matrix:
        """The first piece of each message: the message itself."""
        return self.rows[self.starts[:-1]]

    def __len__(self) -> int:
        return len(self.starts) - 1


def learn(told: Pieces, kinds: Sequence[str], calm: Pieces, weights: tuple[Weights, Weights]) -> DistressNet:
    """The net of these messages; `kinds`: what each message of distress is about; `weights`: how much each message counts."""
    by_message, by_calm = weights
    pieces_calm = np.repeat(by_calm, np.diff(calm.starts))
    whole = _separator(told.whole(), calm.whole(), np.r_[by_message, by_calm])
    first = _separator(told.whole(), calm.rows, np.r_[by_message, pieces_calm])
    telling = _telling(first, told)
    chosen = [row for rows in telling for row in rows]
    named = [kind for kind, rows in zip(kinds, telling, strict=True) for _ in rows]
    by_piece = np.repeat(by_message, [len(rows) for rows in telling])
    names = sorted(set(named))
    piece = _separator(told.rows[chosen], calm.rows, np.r_[by_piece, pieces_calm])
    found = [piece, whole, *(_one_kind(told.rows[chosen], named, name, by_piece) for name in names)]
    table = np.stack([weight[:-1] for weight in found]).astype(np.float32)
    return DistressNet(table[:, :WIDTH], table[:, WIDTH:], np.array([weight[-1] for weight in found], np.float32), tuple(names))


def learn_lists(lists: Lists, encoder: Encoder = vectors_of) -> DistressNet:
    """The net of all lists together."""
    told = [(*said, weight_of(name)) for name, messages in lists.distress.items() for said in messages if pieces(said[0])]
    calm = [
        (text, weight_of(name))
        for source in (lists.harmless, lists.ordinary)
        for name, texts in source.items()
        for text in texts
        if pieces(text)
    ]
    weights = np.array([weight for *_, weight in told]), np.array([weight for _, weight in calm])
    return learn(
        Pieces.of([text for text, *_ in told], encoder),
        [kind for _, kind, _ in told],
        Pieces.of([text for text, _ in calm], encoder),
        weights,
    )


def _matrix(texts: Sequence[str], encoder: Encoder) -> csr_matrix:
    rows = [row_of(text) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    places = np.concatenate([places for places, _ in rows]) if rows else np.zeros(0, np.int32)
    values = np.concatenate([values for _, values in rows]) if rows else np.zeros(0, np.float32)
    words = csr_matrix((WORDS * values, places, ends), shape=(len(texts), WIDTH))
    batches = [encoder(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
    meaning = np.concatenate(batches) if batches else np.zeros((0, VECTOR), np.float32)
    return csr_matrix(hstack([words, csr_matrix(MEANING * meaning)]), dtype=np.float32)


def _separator(told: csr_matrix, calm: csr_matrix, weights: Weights) -> Weights:
    return _fitted(vstack([told, calm], format="csr"), np.r_[np.ones(told.shape[0]), np.zeros(calm.shape[0])], weights)


def _one_kind(told: csr_matrix, named: Sequence[str], name: str, weights: Weights) -> Weights:
    return _fitted(told, np.array([kind == name for kind in named], dtype=float), weights)


def _fitted(rows: csr_matrix, labels: Weights, weights: Weights) -> Weights:
    from sklearn.linear_model import LogisticRegression

    machine = LogisticRegression(C=REGULARISATION, solver="lbfgs", max_iter=200, tol=1e-4)
    machine.fit(rows, labels, sample_weight=weights)
    found: Weights = np.r_[machine.coef_[0], machine.intercept_]
    return found


def _telling(weights: Weights, messages: Pieces) -> list[list[int]]:
    """The rows that tell of distress: of each message its most worrying piece, and the next one if it worries too."""
    found = 1.0 / (1.0 + np.exp(-(messages.rows @ weights[:-1] + weights[-1])))
    chosen = []
    for start, end in itertools.pairwise(messages.starts):
        best = start + np.argsort(-found[start:end])[:TELLING_PIECES]
        chosen.append([int(row) for rank, row in enumerate(best) if rank == 0 or found[row] > WORRYING])
    return chosen
