"""Learns the ranking, what abstains, and the points, from lessons; a few seconds, without the dialogue engine.

A lesson is scored with everything its writer wrote left out of the index: otherwise the ranking learns that an answer is always
near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.search.needs.classifying import Linear, learn, words_and_meaning
from knowledge_base.search.needs.finder import Model, Ranked, evidence, look, ranked, second_evidence
from knowledge_base.search.needs.index import NeedIndex
from knowledge_base.search.needs.items import best_of, points_of
from knowledge_base.search.needs.items import features as item_features
from knowledge_base.search.needs.lessons import Choice, Lesson, all_choices
from knowledge_base.search.needs.query import Query, parts_of, texts_of
from knowledge_base.search.needs.ranking import Example, Ranking, learn_ranking
from knowledge_base.search.needs.telling import Clause, Whole, rows_of
from knowledge_base.search.needs.telling import features as telling_features
from knowledge_base.search.needs.terms import stems_of, tokens_of
from knowledge_base.search.needs.vectors import VectorStore

# A lesson, its sheets, and its clauses read alone.
Taught = tuple["Told", Ranked, list[tuple[Query, Ranked]]]
IN_THREE = 3
SEED = 2026


@dataclass(frozen=True)
class Told:
    """A lesson, read: its query, and the rows of the sheets that answer it."""

    lesson: Lesson
    query: Query
    right: frozenset[int]

    @property
    def is_answered(self) -> bool:
        """Whether a reader said which answers satisfy."""
        return any(need.answers for need in self.lesson.needs)

    def keep(self, writers: npt.NDArray[np.str_]) -> npt.NDArray[np.bool_]:
        """The lessons that may speak: those of other writers."""
        found: npt.NDArray[np.bool_] = writers != self.lesson.writer
        return found


def learn_model(
    index: NeedIndex, lessons: Sequence[Lesson], choices: Sequence[Choice], gazetteer: Gazetteer | None, store: VectorStore
) -> Model:
    """All that the finder needs. Raises ValueError without lessons in and out of scope."""
    told = list(read(index, lessons, gazetteer, store))
    if not any(one.right for one in told) or all(one.right for one in told):
        raise ValueError("il faut des messages auxquels des fiches répondent, et d’autres auxquels aucune ne répond")
    looked = [(one, look(index, one.query, one.keep)) for one in told]
    ranking = learn_ranking([Example(seen.features, np.isin(seen.rows, list(one.right))) for one, seen in looked if one.right])
    found = [(one, seen.ranked(ranking)) for one, seen in looked]
    taught = [(one, whole, _alone(index, ranking, one)) for one, whole in found if one.is_answered and len(whole.rows)]
    second = _learn_second(index, taught)
    # The points are read as by somebody who saw none of these messages: else one learns that the point is always right.
    every = all_choices(lessons, choices)
    blind = learn_points(index, _without(lessons, every), store)
    return Model(
        ranking,
        _learn_answers(found),
        second,
        learn_points(index, lessons, store),
        learn_items(index, told, every, blind),
        learn_telling(index, taught, second, blind),
    )


def read(index: NeedIndex, lessons: Sequence[Lesson], gazetteer: Gazetteer | None, store: VectorStore) -> Iterator[Told]:
    """The lessons with their queries; vectors are taken from the store."""
    parts = [parts_of(lesson.message, gazetteer) for lesson in lessons]
    vectors = store.of([text for part in parts for text in texts_of(part)])
    at = 0
    for lesson, part in zip(lessons, parts, strict=True):
        query = Query(part, vectors[at : at + len(part)])
        at += len(part)
        yield Told(lesson, query, frozenset(index.place[sheet] for sheet in lesson.sheets if sheet in index.place))


def _learn_answers(found: Sequence[tuple[Told, Ranked]]) -> Linear:
    # A message that was ranked badly teaches neither: a near sheet with a person beside it beats a refusal.
    told_apart = [(told, ranks) for told, ranks in found if not told.right or told.right & set(ranks.rows[:IN_THREE].tolist())]
    rows = [evidence(ranks, told.query) for told, ranks in told_apart]
    return learn(np.array(rows), ["oui" if told.right else "non" for told, _ in told_apart], ridge=4.0)


def _alone(index: NeedIndex, ranking: Ranking, told: Told) -> list[tuple[Query, Ranked]]:
    """The clauses of a lesson that has several, each read alone."""
    clauses = [told.query.alone(number) for number in range(len(told.query.clauses))] if len(told.query.parts) > 1 else []
    read_alone = ((clause, ranked(index, ranking, clause, told.keep)) for clause in clauses)
    return [(clause, found) for clause, found in read_alone if len(found.rows)]


def _learn_second(index: NeedIndex, taught: Sequence[Taught]) -> Linear:
    rows, labels = [], []
    for told, whole, alone in taught:
        for clause, found in alone:
            if found.rows[0] != whole.rows[0]:
                rows.append(second_evidence(whole, found, clause))
                labels.append("oui" if _another_need(index, told.lesson, whole, int(found.rows[0])) else "non")
    return learn(np.array(rows), labels, ridge=4.0)


def _another_need(index: NeedIndex, lesson: Lesson, whole: Ranked, row: int) -> bool:
    key, first = index.keys[row], index.keys[whole.rows[0]]
    return any(key in need.sheets and first not in need.sheets for need in lesson.needs)


def learn_items(index: NeedIndex, told: Sequence[Told], choices: Sequence[Choice], point: Linear) -> Ranking:
    """Which answer of a sheet a message asks for."""
    by_lesson = {one.lesson.id: one for one in told}
    return learn_ranking([
        Example(features, best_of(index.answers[sheet], choice.answers[:1]))
        for choice in choices
        if choice.lesson in by_lesson and (sheet := index.place.get(choice.sheet)) is not None and index.answers[sheet]
        for query in [by_lesson[choice.lesson].query]
        for features in [item_features(index, sheet, query, points_of(point, query))]
    ])  # fmt: skip


def learn_telling(index: NeedIndex, taught: Sequence[Taught], second: Linear, point: Linear) -> Ranking:
    """Which answers of the likeliest sheets are told: an example a need, all that satisfies it being right."""
    return learn_ranking([example for one in taught for example in _told_examples(index, one, second, point)])


def _told_examples(index: NeedIndex, taught: Taught, second: Linear, point: Linear) -> Iterator[Example]:
    told, found, alone = taught
    clauses = (
        Clause(part.rows, part.shares, float(second.chances(second_evidence(found, part, clause))[1])) for clause, part in alone
    )
    whole = Whole(found.rows, found.scores, found.shares, tuple(clauses))
    rows = rows_of(index, whole)
    table = telling_features(index, rows, whole, told.query, points_of(point, told.query))
    every = [(index.keys[row], answer) for row in rows for answer in index.answers[row]]
    for need in told.lesson.needs:
        texts = {answer.text for sheet, answer in every if (sheet, answer.key) in need.answers}
        if texts:
            yield Example(table, np.array([answer.text in texts for _, answer in every]))


def _without(lessons: Sequence[Lesson], choices: Sequence[Choice]) -> list[Lesson]:
    chosen = {choice.lesson for choice in choices}
    return [lesson for lesson in lessons if lesson.id not in chosen]


def learn_points(index: NeedIndex, lessons: Sequence[Lesson], store: VectorStore) -> Linear:
    """Which point a text asks: from the needs of lessons, and from the questions of sheets."""
    texts, labels = [], []
    for lesson in lessons:
        for need in lesson.needs:
            texts.append(need.what or lesson.message)
            labels.append(need.point)
            if len(lesson.needs) == 1:
                texts.append(lesson.message)
                labels.append(need.point)
    asks = [(text, point) for text, point in zip(index.ask_texts, index.ask_point, strict=True) if point != "other"][::2]
    texts += [text for text, _ in asks]
    labels += [point for _, point in asks]
    vectors = store.of(texts)
    rows = np.array([words_and_meaning(stems_of(tokens_of(text)), vector) for text, vector in zip(texts, vectors, strict=True)])
    return learn(rows, labels, ridge=0.2)
