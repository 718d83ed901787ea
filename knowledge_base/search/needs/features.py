"""How well each sheet answers a message, in numbers: one column a voice, one row a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge_base.kinds import KINDS
from knowledge_base.search.needs.index import NeedIndex
from knowledge_base.search.needs.query import Part, Query
from knowledge_base.search.needs.terms import Scores, stems_of, tokens_of
from language.yml import read_yml

Matrix = npt.NDArray[np.float32]
# Writers of the lessons → which lessons may speak.
Keep = Callable[[npt.NDArray[np.str_]], npt.NDArray[np.bool_]]
# The best of each voice are looked at; the rest answers nothing.
CANDIDATES_BY_VOICE = 20
NEAREST_LESSONS = 60
SHORT = 4
KIND_WORDS = Path(__file__).with_name("kind_words.yml")


@lru_cache(maxsize=1)
def kind_words() -> tuple[frozenset[str], ...]:
    """The words (stems) by which people say what kind of thing they ask, a set for each line of `kind_words.yml`."""
    table = read_yml(KIND_WORDS.read_text(encoding="utf-8"))
    return tuple(frozenset(stems_of(tokens_of(line))) for line in table)


def voices(index: NeedIndex, query: Query, keep: Keep | None = None) -> Matrix:
    """(sheets, voices): each as it is. `keep` tells by writer which lessons may speak (learning leaves some out)."""
    columns = [*_full_names(index, query.whole), *_coverage(index, query.whole)]
    columns += _names(index, query)
    columns += [index.body.likeness(query.whole.stems), _best(index.body.likeness(part.stems) for part in query.clauses)]
    columns += _asks(index, query)
    columns += _lessons(index, query, keep)
    titles, summaries = index.title_vectors @ query.vectors.T, index.summary_vectors @ query.vectors.T
    columns += [titles[:, 0], titles.max(axis=1), summaries[:, 0], summaries.max(axis=1)]
    return np.array(columns, dtype=np.float32).T


def _best(scores: Iterable[Scores]) -> Scores:
    best: Scores = np.max(np.array(list(scores)), axis=0)
    return best


def _full_names(index: NeedIndex, part: Part) -> list[Scores]:
    """Names said in full: how rare they are among names, the same in everyday life, and their rarest word.

    Names of what is wanted; of what somebody is already only when no other name is said.
    """
    hits = _longest(index, index.names_within(set(part.wanted_stems)) or index.names_within(set(part.stems)))
    rare, life, word = (np.zeros(len(index), dtype=np.float32) for _ in range(3))
    for name in hits:
        rows = index.rows_of(name)
        sheet = index.name_sheet[name]
        rare[sheet] = max(rare[sheet], float(index.name_idf[rows].sum()))
        life[sheet] = max(life[sheet], float(index.life_idf[rows].sum()))
        word[sheet] = max(word[sheet], float(index.life_idf[rows].max()))
    return [rare, life, word]


def _longest(index: NeedIndex, names: list[int]) -> list[int]:
    """« CAP cuisine » is said, not « CAP »: a name whose words all stand in a longer one that is said is not meant."""
    words = {name: frozenset(index.name_stems[name]) for name in names}
    return [name for name in names if not any(words[name] < longer for longer in words.values())]


def _coverage(index: NeedIndex, part: Part) -> list[Scores]:
    """How much of a name is said, times how telling what is said is; among names, and in everyday life."""
    found = np.zeros((2, len(index.name_sheet)), dtype=np.float32)
    for stem in dict.fromkeys(part.wanted_stems or part.stems):
        row = index.names.vocabulary.get(stem)
        if row is not None:
            names = index.names.holding(stem)
            found[0, names] += index.name_idf[row]
            found[1, names] += index.life_idf[row]
    return [index.per_sheet(found[at] ** 2 / index.name_weight[at], index.name_sheet) for at in (0, 1)]


def _names(index: NeedIndex, query: Query) -> list[Scores]:
    words = index.names.likeness(query.whole.stems)
    grams = index.name_grams.likeness(query.whole.grams)
    by_clause = _best(index.name_grams.likeness(part.grams) for part in query.clauses)
    return [index.per_sheet(scores, index.name_sheet) for scores in (words, grams, by_clause)]


def _asks(index: NeedIndex, query: Query) -> list[Scores]:
    texts = index.asks
    near = texts.vectors @ query.vectors.T if len(texts.vectors) else np.zeros((0, 1), dtype=np.float32)
    scores = [texts.words.likeness(query.whole.stems), texts.grams.likeness(query.whole.grams), near[:, 0], near.max(axis=1)]
    return [index.per_sheet(score, index.ask_sheet) for score in scores]


def _lessons(index: NeedIndex, query: Query, keep: Keep | None) -> list[Scores]:
    texts = index.lessons
    speaks = keep(index.lesson_writer) if keep else np.ones(len(index.lesson_writer), dtype=bool)
    near = texts.vectors @ query.vectors.T if len(texts.vectors) else np.zeros((0, 1), dtype=np.float32)
    scores = [texts.words.likeness(query.whole.stems), texts.grams.likeness(query.whole.grams), near[:, 0], near.max(axis=1)]
    columns = [_nearest(index, np.where(speaks, score, 0.0).astype(np.float32)) for score in scores]
    pairs = speaks[index.lesson_of_pair] if len(index.lesson_of_pair) else np.zeros(0, dtype=bool)
    asked = np.bincount(index.sheet_of_pair[pairs], minlength=len(index)) if len(pairs) else np.zeros(len(index))
    return [*columns, np.log1p(asked).astype(np.float32)]


def _nearest(index: NeedIndex, scores: Scores) -> Scores:
    """What the nearest lessons asked for, each sheet by the nearest one."""
    if len(scores) > NEAREST_LESSONS:
        least = np.partition(scores, -NEAREST_LESSONS)[-NEAREST_LESSONS]
        scores = np.where(scores >= least, scores, 0.0).astype(np.float32)
    return index.per_sheet(scores[index.lesson_of_pair], index.sheet_of_pair)


def candidates(scores: Matrix) -> npt.NDArray[np.intp]:
    """The rows worth ranking: the best of each voice."""
    count = min(CANDIDATES_BY_VOICE, len(scores))
    found: set[int] = set()
    for column in scores.T:
        best = np.argpartition(-column, count - 1)[:count]
        found.update(int(row) for row in best if column[row] > 0)
    return np.array(sorted(found), dtype=np.intp)


def features(index: NeedIndex, query: Query, scores: Matrix, rows: npt.NDArray[np.intp]) -> Matrix:
    """(candidates, features): each voice as it is, squared beside the message's best, and as 1/(2 + rank); then the kind, by
    itself and with what the message says of the kind asked."""
    kept = scores[rows]
    beside = (kept / (scores.max(axis=0) + 1e-6)) ** 2
    ordered = np.sort(scores, axis=0)
    above = [len(scores) - np.searchsorted(ordered[:, at], kept[:, at], side="right") for at in range(scores.shape[1])]
    ranks = 1.0 / (2.0 + np.array(above, dtype=np.float32).T)
    kinds = np.array([[index.kinds[row] == kind for kind in KINDS] for row in rows], dtype=np.float32).reshape(len(rows), -1)
    return np.hstack([kept, beside, ranks, kinds, *_asked_kinds(index, query, rows, kinds)]).astype(np.float32)


def _asked_kinds(index: NeedIndex, query: Query, rows: npt.NDArray[np.intp], kinds: Matrix) -> list[Matrix]:
    """The kind beside a place, the name of a diploma, a word of a kind (« école », « adresse »), in a short message; the first
    word of the title said."""
    said = set(query.whole.stems)
    of_kind = (bool(said & words) for words in kind_words())
    cues = (bool(query.whole.places), bool(said & index.diplomas), len(query.whole.stems) <= SHORT, *of_kind)
    heads = np.array(
        [[index.heads[row] in said, index.heads[row] in said and index.heads[row] in index.diplomas] for row in rows]
    )
    return [*(kinds * np.float32(cue) for cue in cues), heads.astype(np.float32)]
