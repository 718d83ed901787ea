"""Which answer of a sheet a message asks for: a linear ranking of its questions and fields, learnt from readers' choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from knowledge_base.answering import Answer
from knowledge_base.search.needs.classifying import Linear, words_and_meaning
from knowledge_base.search.needs.index import NeedIndex
from knowledge_base.search.needs.query import Query
from knowledge_base.search.needs.ranking import Ranking
from knowledge_base.search.needs.terms import stems_of, tokens_of
from language.reading import read

Matrix = npt.NDArray[np.float32]
# Chances below this say the same: hardly.
HARDLY = 1e-3
# « où », or « ou » before a verb: a word too light for the stems, and the one that says it. « par où commencer », « au cas où »,
# « le jour où » ask for no place.
_VERBS = "est|sont|peut|peux|puis|on|je|se|ça|ca|aller|trouver|faire"
_NO_PLACE = r"(?<!par )(?<!cas )(?<!jour )(?<!moment )(?<!mesure )(?<!d')(?<!d’)(?<!n'importe )"
ASKS_WHERE = re.compile(rf"{_NO_PLACE}\boù\b|(?:^|[,.?!] |\bet )ou (?:{_VERBS})\b|\bc'?est ou\b", re.I)
WHERE_WEIGHS = 0.6
# « que fait un couvreur », « en quoi ça consiste » : the same of what a thing is.
ASKS_WHAT = re.compile(r"\bqu(?:e |['’] ?)(?:fait|font) (?:un|une|le|la|les|des|l['’])|\ben quoi (?:[çc]a |cela )?consiste", re.I)
WHAT_WEIGHS = 0.8


@dataclass(frozen=True)
class Chosen:
    """The answers of a sheet, best first, with the share of belief of each (they sum to 1)."""

    answers: tuple[Answer, ...] = ()
    shares: tuple[float, ...] = ()

    def has(self, point: str) -> bool:
        """Whether any answers it."""
        return any(point in answer.points for answer in self.answers)

    def of_point(self, *points: str) -> Chosen:
        """Only those of these points, when there are any."""
        kept = [pair for pair in zip(self.answers, self.shares, strict=True) if not set(points).isdisjoint(pair[0].points)]
        return Chosen(*zip(*kept, strict=True)) if kept else self


@dataclass(frozen=True)
class Asked:
    """How likely each point is asked: by the whole of a message, and by the clause that asks it most."""

    whole: dict[str, float]
    most: dict[str, float]


def points_of(model: Linear, query: Query) -> Asked:
    """What a message asks, read by the classifier of points."""
    rows = [words_and_meaning(part.stems, vector) for part, vector in zip(query.parts, query.vectors, strict=True)]
    found = np.array([model.chances(row) for row in rows])
    for number, part in enumerate(query.parts):
        if ASKS_WHERE.search(part.text):
            where = np.array([label == "where" for label in model.labels])
            found[number] = (1 - WHERE_WEIGHS) * found[number] + WHERE_WEIGHS * where
    most = found[1:].max(axis=0) if len(found) > 1 else found[0]
    return Asked(*(dict(zip(model.labels, chances.tolist(), strict=True)) for chances in (found[0], most)))


def with_what_is_asked(asked: Asked, query: Query) -> Asked:
    """The same, once words too light for the classifier say that it is asked what something is."""
    if not ASKS_WHAT.search(query.whole.text):
        return asked

    def weighed(chances: dict[str, float]) -> dict[str, float]:
        return {point: (1 - WHAT_WEIGHS) * chance + WHAT_WEIGHS * (point == "definition") for point, chance in chances.items()}

    return Asked(weighed(asked.whole), weighed(asked.most))


def without_the_refused(index: NeedIndex, chosen: Chosen, query: Query) -> Chosen:
    """« infirmière mais pas aide-soignante » : answers that speak of the refused trade are none, unless there is no other."""
    refused = [stems for stems in _refused_stems(query) if _is_a_trade(index, stems)]
    kept = [pair for pair in zip(chosen.answers, chosen.shares, strict=True)
            if not any(stems <= _stems(pair[0].text) for stems in refused)]
    return Chosen(*zip(*kept, strict=True)) if kept else chosen


def _refused_stems(query: Query) -> list[frozenset[str]]:
    reading = read(query.whole.text)
    return [stems for stems in (_stems(reading.typed(*span)) for span in reading.refused) if stems]


def _is_a_trade(index: NeedIndex, stems: frozenset[str]) -> bool:
    names = index.names_within(set(stems))
    same = (int(index.name_sheet[name]) for name in names if set(index.name_stems[name]) == stems)
    return any(index.keys[row].startswith("metier/") for row in same)


def choose(index: NeedIndex, ranking: Ranking, sheet: str, query: Query, asked: Asked) -> Chosen:
    """The answers of a sheet as a message asks for them."""
    row = index.place[sheet]
    answers = index.answers[row]
    if not answers:
        return Chosen()
    scores = ranking.scores(features(index, row, query, asked))
    order = np.argsort(-scores, kind="stable")
    raised = np.exp(scores[order] - scores[order[0]])
    return Chosen(tuple(answers[at] for at in order), tuple((raised / raised.sum()).tolist()))


def features(index: NeedIndex, sheet: int, query: Query, asked: Asked, near: Matrix | None = None) -> Matrix:
    """One row for each answer of a sheet. `near` is their `nearness`, when it is known."""
    # The name of the sheet is in every question about it: it tells none of them from the others.
    own = index.stems_of_title(sheet)
    said = frozenset(query.whole.stems) - own
    rows = zip(index.answers[sheet], nearness(index, sheet, query) if near is None else near, strict=True)
    return np.array([_row(index, sheet, answer, near, said, own, asked) for answer, near in rows], dtype=np.float32)


def nearness(index: NeedIndex, sheet: int, query: Query) -> Matrix:
    """How near each answer of a sheet is asked (a row each), to the whole message and to each of its clauses."""
    asked = (index.vectors_of_asks(sheet, answer.asks) for answer in index.answers[sheet])
    nothing = np.zeros(len(query.parts), dtype=np.float32)
    return np.array([(vectors @ query.vectors.T).max(axis=0) if len(vectors) else nothing for vectors in asked])


def _row(
    index: NeedIndex, sheet: int, answer: Answer, near: Matrix, said: frozenset[str], own: frozenset[str], asked: Asked
) -> list[float]:
    asks = [_shared(index, said, _stems(ask) - own) for ask in answer.asks]
    in_text = _shared(index, said, _stems(answer.text) - own)
    whole, most = (max(chances.get(point, 0.0) for point in answer.points) for chances in (asked.whole, asked.most))
    return [
        float(near[0]),
        float(near[1:].max()) if len(near) > 1 else float(near[0]),
        max((share for share, _ in asks), default=0.0),
        max((share for _, share in asks), default=0.0),
        *in_text,
        float(np.log(whole + HARDLY)),
        float(np.log(most + HARDLY)),
        float(answer.is_field),
        float(answer is index.answers[sheet][0]),
    ]


def _shared(index: NeedIndex, said: frozenset[str], stems: frozenset[str]) -> tuple[float, float]:
    """How much of a text's words are said, and of what is said is in the text, each word as telling as it is rare."""
    telling = index.asks.words.telling
    shared = sum(telling(stem) for stem in said & stems)
    return tuple(shared / (sum(telling(stem) for stem in side) or 1.0) for side in (stems, said))  # type: ignore[return-value]


@lru_cache(maxsize=16384)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stems_of(tokens_of(text)))


def best_of(answers: Sequence[Answer], keys: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which answers somebody chose, by their keys; a text that stands twice counts twice."""
    texts = {answer.text for answer in answers if answer.key in keys}
    return np.array([answer.text in texts for answer in answers], dtype=bool)
