"""The needs of a message: sheets ranked once, the point asked of each, or nothing when nothing answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge_base.points import points as all_points
from knowledge_base.search.needs.classifying import Linear
from knowledge_base.search.needs.features import Keep, candidates, features, voices
from knowledge_base.search.needs.index import NeedIndex
from knowledge_base.search.needs.items import Asked, Chosen, choose, points_of, with_what_is_asked, without_the_refused
from knowledge_base.search.needs.query import Query
from knowledge_base.search.needs.ranking import Ranking
from knowledge_base.search.needs.telling import Clause, Pick, Whole, pick, share_of, worth_telling

# The only constants of understanding that are chosen by hand; figures in docs/ranking.md.
ANSWERED_FROM = 0.5
# A few words, or a sheet called by its name, need less.
NAMED_ANSWERED_FROM = 0.4
SECOND_FROM = 0.3
# A sheet called by its name that the whole message believes in less may be what somebody is, or lives near.
BESIDE_FROM = 0.02
# What a clause calls by its name needs less.
NAMED_SECOND_FROM = 0.04
POINT_FROM = 0.35
NAMED_FROM = 5.0
# A second answer of a sheet is told when it is believed at least this much of the first; a point asked this surely is missed.
ALSO_FROM, PLAINLY_ASKED = 0.5, 0.6
ANSWERS_MOST = 2
# From here on only answers of the point asked are told, when it is one that words tell surely; a few words say little else.
SURELY_ASKED, FEW_ASK_FROM, FEW_WORDS = 0.8, 0.4, 3
# An answer believed less may answer another question: its « oui » or « non » is not said.
DOUBTED_UNDER = 0.4
# From this likeness on a question is another's, in other words.
SAME_WORDS = 0.6
VAGUE = ("conditions", "other")
# « comment on devient infirmière »: two points for one question, of a trade or a course.
WAY_IN, WITH_A_WAY_IN = ("how", "access"), ("metier/", "formation/")
TOLD_BY_WORDS = ("definition", "pay", "duration", "hours", "age", "cost", "outlets", "work_conditions", "compare")
NEEDS_MOST, TRADE = 3, "metier/"
# A few words (so many) ask one thing of one sheet: the lessons, written from a life, teach little of them.
BRIEF = 9
RUNNERS_UP = 5
# The column of `features.voices` that tells how rare the name said in full is in everyday talk.
LIFE_VOICE = 1


@dataclass(frozen=True)
class Ranked:
    """The candidates of a message, best first: rows of the index, their scores and shares (which sum to 1)."""

    rows: npt.NDArray[np.intp]
    scores: npt.NDArray[np.float64]
    shares: npt.NDArray[np.float64]
    voices: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Need:
    """One thing asked: a sheet (`kind/id`), the points asked of it (surest first), how sure it is (0..1).

    `asks` name the answers of the sheet that come nearest (`Answer.key`), best first; `unheld` is a point plainly asked that the
    sheet does not hold; `doubted` those of `asks` that may answer another question; `others` the next sheets; `named`: it is
    called by a name of its own; `share`: how much of the ranking's belief the sheet has; `clause`: the words that ask it.
    """

    sheet: str
    points: tuple[str, ...]
    sure: float
    asks: tuple[str, ...] = field(default=())
    others: tuple[str, ...] = field(default=())
    clause: str = ""
    share: float = 1.0
    named: bool = False
    unheld: str = ""
    doubted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    """All that is learnt."""

    ranking: Ranking
    answers: Linear
    second: Linear
    point: Linear
    items: Ranking
    telling: Ranking


@dataclass(frozen=True)
class Looked:
    """The candidates of a message before they are ranked: rows of the index, their voices and features."""

    rows: npt.NDArray[np.intp]
    voices: npt.NDArray[np.float32]
    features: npt.NDArray[np.float32]

    def ranked(self, ranking: Ranking) -> Ranked:
        """The candidates, best first."""
        if not len(self.rows):
            return Ranked(self.rows, np.zeros(0), np.zeros(0), self.voices)
        scores = ranking.scores(self.features)
        order = np.argsort(-scores)
        raised = np.exp(scores[order] - scores[order[0]])
        return Ranked(self.rows[order], scores[order], raised / raised.sum(), self.voices[order])


@dataclass(frozen=True)
class Alone:
    """A clause (its number in the message) read as a message of its own: its sheets, and what telling reads of it."""

    number: int
    query: Query
    found: Ranked
    clause: Clause


def look(index: NeedIndex, query: Query, keep: Keep | None = None) -> Looked:
    """The candidates of a query with what speaks for each; `keep` as in `features.voices`."""
    table = voices(index, query, keep)
    rows = candidates(table)
    return Looked(rows, table[rows], features(index, query, table, rows))


def ranked(index: NeedIndex, ranking: Ranking, query: Query, keep: Keep | None = None) -> Ranked:
    """The candidates of a query, best first."""
    return look(index, query, keep).ranked(ranking)


def evidence(found: Ranked, query: Query) -> npt.NDArray[np.float64]:
    """What tells whether the best candidates answer at all: shares, margin, the voices of the best, the length asked."""
    top = found.voices[:3].max(axis=0) if len(found.rows) else np.zeros(found.voices.shape[1])
    best = found.voices[0] if len(found.rows) else top
    shares = np.pad(found.shares[:3], (0, max(0, 3 - len(found.shares))))
    scores = np.pad(found.scores[:2], (0, max(0, 2 - len(found.scores))))
    words = len(query.whole.stems)
    return np.concatenate([shares, [scores[0], scores[0] - scores[1], shares.sum(), np.log1p(words), words <= 2], best, top])


class Finder:
    """Finds needs in an index with what was learnt; one edition of the content."""

    def __init__(self, index: NeedIndex, model: Model) -> None:
        self.index, self.model = index, model

    def needs(self, query: Query, whole: Ranked | None = None, *, most: int = NEEDS_MOST) -> list[Need]:
        """The needs of a message, surest first; empty when nothing answers. `whole`: its candidates, when they are known."""
        whole = whole or ranked(self.index, self.model.ranking, query)
        sure = self.sureness(whole, query)
        brief = len(query.whole.text.split()) <= BRIEF
        if sure < (NAMED_ANSWERED_FROM if brief or says_a_name(whole) else ANSWERED_FROM) or not len(whole.rows):
            return []
        alone = self._clauses(query, whole)
        first = self._need(whole, 0, sure, query)
        asked, asks_first = self._further(alone, first)
        # « je cherche un BTS communication, je n’ai pas de voiture »: what is called by its name comes first, in the order said.
        kept = sorted([(asks_first, first), *asked], key=lambda pair: not pair[1].named)[:most]
        named = [need for _, need in sorted(kept, key=lambda pair: (not pair[1].named, pair[0]))]
        return named if brief or self._asks_one_thing(query, whole) else self._told(query, whole, alone, named)[:most]

    def _asks_one_thing(self, query: Query, whole: Ranked) -> bool:
        """« bonjour je voudrais savoir c'est quoi le métier de soudeur » : one clause and one name, however politely."""
        return len(query.parts) == 1 and says_a_name(whole) and float(whole.shares[0]) >= SURELY_ASKED

    def _told(self, query: Query, whole: Ranked, alone: Sequence[Alone], needs: Sequence[Need]) -> list[Need]:
        """The same needs with the answers that are believed most, of whatever sheet.

        First what is called by its name and meant, in the order said, then the best: an SMS shows the first alone.
        """
        read = Whole(whole.rows, whole.scores, whole.shares, tuple(clause.clause for clause in alone))
        asked = self.asked(query)
        possible = self._without_rivals(pick(self.index, self.model.telling, read, query, asked), needs)
        picks = self._of_the_point(possible, query, asked)
        by_sheet: dict[str, list[Pick]] = {}
        for one in worth_telling(picks):
            by_sheet.setdefault(self.index.keys[one.row], []).append(one)
        known = {need.sheet: need for need in needs}
        best = picks[0].share if picks else 0.0
        found = [self._telling(known.get(sheet), sheet, query, whole, own, best) for sheet, own in by_sheet.items()]
        beside = (need for need in needs if need.named and need.sheet not in by_sheet and self._meant(whole, alone, need.sheet))
        said = [need.sheet for need in needs if need.named]
        every = [*found, *(replace(need, asks=need.asks[:1]) for need in beside)]
        return sorted(every, key=lambda need: said.index(need.sheet) if need.sheet in said else len(said))

    def _without_rivals(self, picks: list[Pick], needs: Sequence[Need]) -> list[Pick]:
        """Without the answers of other trades than those that are named: the pay of a crane driver is no welder's."""
        trades = {need.sheet for need in needs if need.named and need.sheet.startswith(TRADE)}
        keys = [self.index.keys[one.row] for one in picks]
        kept = [one for one, key in zip(picks, keys, strict=True) if key in trades or not key.startswith(TRADE)]
        return kept if trades and kept else picks

    def _meant(self, whole: Ranked, alone: Sequence[Alone], sheet: str) -> bool:
        """Whether a sheet that a clause names is asked about: the whole message means it too, or the clause asks something."""
        row = self.index.place[sheet]
        if share_of(whole.rows, whole.shares, row) >= BESIDE_FROM:
            return True
        own = (one.query for one in alone if one.found.rows[0] == row)
        return any(max(self.asked(query).whole.values()) >= SURELY_ASKED for query in own)

    def _of_the_point(self, picks: list[Pick], query: Query, asked: Asked) -> list[Pick]:
        """Those that answer the one point that is surely asked, when there are any."""
        only = self._only_points(self.index.keys[picks[0].row], query, asked) if picks else ()
        return [one for one in picks if not set(only).isdisjoint(one.answer.points)] or picks

    def _telling(
        self, need: Need | None, sheet: str, query: Query, whole: Ranked, own: Sequence[Pick], best: float
    ) -> Need:
        at = np.flatnonzero(whole.rows == self.index.place[sheet])
        need = need or (self._need(whole, int(at[0]), own[0].share, query) if len(at) else self.about(sheet, query, own[0].share))
        doubted = tuple(one.answer.key for one in own if one.share < DOUBTED_UNDER * best)
        return replace(need, asks=tuple(one.answer.key for one in own), doubted=doubted)

    def sureness(self, found: Ranked, query: Query) -> float:
        """How likely one of the best three answers, 0..1."""
        return float(self.model.answers.chances(evidence(found, query))[1]) if len(found.rows) else 0.0

    def asked(self, query: Query) -> Asked:
        """How likely each point is asked."""
        return with_what_is_asked(points_of(self.model.point, query), query)

    def about(self, sheet: str, query: Query, sure: float = 1.0, *, goes_on: bool = False, **more: Any) -> Need:
        """What a message asks of one sheet (`kind/id`). `goes_on`: only the thread says that this sheet is asked, so that an
        answer to another point is none."""
        asked = self.asked(query)
        every = without_the_refused(self.index, choose(self.index, self.model.items, sheet, query, asked), query)
        held = {point for answer in every.answers for point in answer.points}
        only = self._only_points(sheet, query, asked)
        told = () if goes_on and self._strays(sheet, query, only, every) else _of_sheet(every.of_point(*only), every, asked)
        points = plainly(asked)
        missing = asked.whole[points[0]] >= PLAINLY_ASKED and points[0] not in held
        # Nobody asks a service what it earns: only what sheets of this kind may hold is missed.
        unheld = points[0] if missing and sheet.partition("/")[0] in all_points()[points[0]].fields else ""
        doubted = tuple(answer.key for answer, share in zip(every.answers, every.shares, strict=True) if share < DOUBTED_UNDER)
        return Need(sheet, points, sure, told, clause=query.whole.text, unheld=unheld, doubted=doubted, **more)

    def _only_points(self, sheet: str, query: Query, asked: Asked) -> tuple[str, ...]:
        """The point that is surely asked, or all that a few words ask (« et après ? »); none when any answer may be meant."""
        best = max(asked.whole, key=asked.whole.__getitem__)
        if sheet.startswith(WITH_A_WAY_IN) and sum(asked.whole.get(point, 0.0) for point in WAY_IN) >= SURELY_ASKED:
            return WAY_IN
        if len(query.whole.stems) <= FEW_WORDS:
            return (best,) if asked.whole[best] >= FEW_ASK_FROM and best not in VAGUE else ()
        return (best,) if asked.whole[best] >= SURELY_ASKED and best in TOLD_BY_WORDS else ()

    def _strays(self, sheet: str, query: Query, only: tuple[str, ...], every: Chosen) -> bool:
        """Whether a sheet holds nothing of the points asked, and its best answer is asked in quite other words."""
        if not only or not every.answers or any(every.has(point) for point in only):
            return False
        vectors = self.index.vectors_of_asks(self.index.place[sheet], every.answers[0].asks)
        return not len(vectors) or float((vectors @ query.vectors[0]).max()) < SAME_WORDS

    def _need(self, found: Ranked, place: int, sure: float, query: Query) -> Need:
        key, first = self.index.keys[found.rows[place]], [self.index.keys[row] for row in found.rows[: RUNNERS_UP + 1]]
        others = tuple(other for other in first if other != key)
        named, share = says_a_name(found, place), float(found.shares[place])
        return self.about(key, query, sure, others=others, share=share, named=named)

    def _clauses(self, query: Query, whole: Ranked) -> list[Alone]:
        """Each clause read alone, last first."""
        numbers = reversed(range(len(query.clauses) if len(query.parts) > 1 else 0))
        return [clause for number in numbers if (clause := read_alone(self.index, self.model, query, whole, number)) is not None]

    def _further(self, alone: Sequence[Alone], first: Need) -> tuple[list[tuple[int, Need]], int]:
        """The needs of clauses that ask something else, surest first, each with its clause; then the clause that asks `first`."""
        found: dict[str, tuple[int, Need]] = {}
        asks_first = 0
        for one in alone:
            key, chance = self.index.keys[one.found.rows[0]], one.clause.chance
            if key == first.sheet:
                asks_first = one.number
            elif chance >= _least(one.found) and (key not in found or found[key][1].sure < chance):
                found[key] = (one.number, self._need(one.found, 0, chance, one.query))
        return sorted(found.values(), key=lambda pair: -pair[1].sure), asks_first


def _of_sheet(chosen: Chosen, every: Chosen, asked: Asked) -> tuple[str, ...]:
    """The keys of the answers told: the best, what is believed nearly as much, and the best of what else a clause surely asks."""
    near = [answer for answer, share in zip(chosen.answers, chosen.shares, strict=True) if share >= ALSO_FROM * chosen.shares[0]]
    # What it is stands in the sheet in short, beside any answer.
    surely = [point for point in TOLD_BY_WORDS if point != "definition" and asked.most.get(point, 0.0) >= SURELY_ASKED]
    answered = {point for answer in near[:1] for point in answer.points}
    also = [every.of_point(point).answers[0] for point in surely if point not in answered and every.has(point)]
    return tuple(dict.fromkeys(answer.key for answer in (*near[:1], *also, *near[1:])))[:ANSWERS_MOST]


def read_alone(index: NeedIndex, model: Model, query: Query, whole: Ranked, number: int) -> Alone | None:
    """A clause read alone; None when nothing answers it."""
    clause = query.alone(number)
    found = ranked(index, model.ranking, clause)
    if not len(found.rows):
        return None
    chance = float(model.second.chances(second_evidence(whole, found, clause))[1])
    return Alone(number, clause, found, Clause(found.rows, found.shares, chance))


def _least(alone: Ranked) -> float:
    """How sure a further need must be."""
    return NAMED_SECOND_FROM if says_a_name(alone) else SECOND_FROM


def says_a_name(found: Ranked, place: int = 0) -> bool:
    """True when a sheet is called by a name of its own, one that everyday talk does not use."""
    return bool(len(found.rows) > place) and float(found.voices[place, LIFE_VOICE]) >= NAMED_FROM


def plainly(asked: Asked) -> tuple[str, ...]:
    """The point of the whole, then those that a clause asks plainly."""
    best = max(asked.whole, key=asked.whole.__getitem__)
    further = sorted((point for point, chance in asked.most.items() if chance >= POINT_FROM), key=lambda at: -asked.most[at])
    return tuple(dict.fromkeys((best, *further)))


def second_evidence(whole: Ranked, alone: Ranked, clause: Query) -> npt.NDArray[np.float64]:
    """What tells whether the best sheet of a clause is a need of its own."""
    best = alone.rows[0]
    at = np.flatnonzero(whole.rows == best)
    rank = float(at[0]) if len(at) else float(len(whole.rows))
    share = share_of(whole.rows, whole.shares, best)
    same = float(len(whole.rows) > 0 and whole.rows[0] == best)
    head = [share, 1.0 / (1.0 + rank), same, *evidence(alone, clause)]
    return np.array(head)
