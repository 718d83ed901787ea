"""Which answers are told: those of the likeliest sheets ranked together, so that a message gets each thing that it asks.

One linear ranking over (sheet, answer), learnt from readers who saw what the sheets answer and named what satisfies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from knowledge_base.answering import Answer
from knowledge_base.kinds import KINDS
from knowledge_base.points import points
from knowledge_base.search.needs.index import NeedIndex
from knowledge_base.search.needs.items import Asked, Matrix, nearness
from knowledge_base.search.needs.items import features as item_features
from knowledge_base.search.needs.query import Query
from knowledge_base.search.needs.ranking import Ranking

# The first of the whole message, and the best of each clause.
SHEETS_LOOKED_AT = 8
# What is told of what the likeliest sheets answer: the best, and what is believed this much of it, in so many letters; a second
# answer to the same clause is worth this much.
TOLD_FROM, TOLD_MOST, LETTERS_MOST, SAME_CLAUSE = 0.1, 3, 520, 0.3
LOOKED_THROUGH = 12
# Columns of an answer's features that are also weighed beside the sheet's best answer.
BESIDE_ITS_BEST = 6
HARDLY = 1e-4
UNRANKED, UNLIKELY = 60, -12.0


def share_of(rows: npt.NDArray[np.intp], shares: npt.NDArray[np.float64], row: int) -> float:
    """How much belief a sheet (its row in the index) has among those that were ranked; 0 when it was not."""
    at = np.flatnonzero(rows == row)
    return float(shares[at[0]]) if len(at) else 0.0


@dataclass(frozen=True)
class Clause:
    """A clause read alone: the sheets it asks for (rows, best first, with their shares), and whether it is a need of its own."""

    rows: npt.NDArray[np.intp]
    shares: npt.NDArray[np.float64]
    chance: float

    def share_of(self, row: int) -> float:
        """How much of its belief a sheet has."""
        return share_of(self.rows, self.shares, row)


@dataclass(frozen=True)
class Whole:
    """The sheets of a whole message, best first, with scores and shares, and its clauses."""

    rows: npt.NDArray[np.intp]
    scores: npt.NDArray[np.float64]
    shares: npt.NDArray[np.float64]
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Pick:
    """An answer of a sheet (its row in the index), and its share of the belief in all that could be told.

    `clause`: the one (0 is the first) that it is asked most like; None where the message has but one.
    """

    row: int
    answer: Answer
    share: float
    clause: int | None = None


def pick(index: NeedIndex, ranking: Ranking, whole: Whole, query: Query, asked: Asked) -> list[Pick]:
    """All that could be told, best first; what says the same stands once."""
    looked_at = rows_of(index, whole)
    if not looked_at:
        return []
    scores = ranking.scores(features(index, looked_at, whole, query, asked))
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    every = [(row, answer) for row in looked_at for answer in index.answers[row]]
    found: dict[str, Pick] = {}
    for at in np.argsort(-scores, kind="stable"):
        row, answer = every[at]
        if answer.text not in found:
            found[answer.text] = Pick(row, answer, float(shares[at]), _clause_of(index, row, answer, query))
    return list(found.values())


def _clause_of(index: NeedIndex, row: int, answer: Answer, query: Query) -> int | None:
    if len(query.parts) < 2:
        return None
    vectors = index.vectors_of_asks(row, answer.asks)
    return int((vectors @ query.vectors[1:].T).max(axis=0).argmax()) if len(vectors) else 0


def worth_telling(picks: Sequence[Pick]) -> list[Pick]:
    """The best, and what is believed a tenth as much while there is room; what the same clause asks weighs less each time."""
    kept: list[Pick] = []
    while len(kept) < TOLD_MOST and (left := [one for one in picks[:LOOKED_THROUGH] if one not in kept]):
        best = max(left, key=lambda one: _worth(one, kept))
        letters = sum(len(told.answer.text) for told in (*kept, best))
        if kept and (_worth(best, kept) < TOLD_FROM * kept[0].share or letters > LETTERS_MOST):
            break
        kept.append(best)
    return kept


def _worth(one: Pick, kept: Sequence[Pick]) -> float:
    same = sum(one.clause is not None and one.clause == told.clause for told in kept)
    return one.share * SAME_CLAUSE**same


def rows_of(index: NeedIndex, whole: Whole) -> list[int]:
    """The sheets whose answers are weighed: the likeliest of the message, and the first of each clause."""
    rows = [*whole.rows[:SHEETS_LOOKED_AT], *(clause.rows[0] for clause in whole.clauses if len(clause.rows))]
    return [row for row in dict.fromkeys(map(int, rows)) if index.answers[row]]


def features(index: NeedIndex, rows: Sequence[int], whole: Whole, query: Query, asked: Asked) -> Matrix:
    """A row for each answer of these sheets, in order."""
    return np.vstack([_of_sheet(index, row, whole, query, asked) for row in rows]).astype(np.float32)


def _of_sheet(index: NeedIndex, row: int, whole: Whole, query: Query, asked: Asked) -> Matrix:
    near = nearness(index, row, query)
    own = item_features(index, row, query, asked, near)
    by_clause = [clause.share_of(row) for clause in whole.clauses]
    beside = own[:, :BESIDE_ITS_BEST] - own[:, :BESIDE_ITS_BEST].max(axis=0)
    joined = near[:, 1:] if by_clause else near[:, :1]
    shares = np.array(by_clause or [share_of(whole.rows, whole.shares, row)])
    together = [(joined * shares).max(axis=1), joined.mean(axis=1)]
    sheet = np.tile([*_sheet_alone(index, row, whole, by_clause), *_kind(index.kinds[row])], (len(own), 1))
    return np.hstack([sheet, own, beside, np.array(together).T, _points_of(index.answers[row])])


def _sheet_alone(index: NeedIndex, row: int, whole: Whole, by_clause: Sequence[float]) -> Iterator[float]:
    at, share = np.flatnonzero(whole.rows == row), share_of(whole.rows, whole.shares, row)
    rank = int(at[0]) if len(at) else UNRANKED
    best = max(by_clause, default=share)
    yield float(whole.scores[rank] - whole.scores[0]) if len(at) else UNLIKELY
    yield float(np.log(share + HARDLY))
    yield 1 / (1 + rank)
    yield float(rank == 0)
    yield best
    yield float(np.log(best + HARDLY))
    yield max((part * clause.chance for part, clause in zip(by_clause, whole.clauses, strict=True)), default=share)
    yield float(np.log(len(index.answers[row])))


@cache
def _kind(kind: str) -> tuple[float, ...]:
    return tuple(float(kind == one) for one in KINDS)


def _points_of(answers: Sequence[Answer]) -> Matrix:
    return np.array([[float(point in answer.points) for point in points()] for answer in answers], dtype=np.float32)
