"""A message that is nothing but a name, a code or one word: what it calls, and what it only looks like."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from rapidfuzz.distance import Levenshtein

from knowledge_base.language import french
from knowledge_base.search.codes import code_in
from knowledge_base.search.needs.index import NeedIndex
from knowledge_base.search.needs.query import Query
from knowledge_base.search.needs.terms import stems_of, tokens_of
from knowledge_base.search.ordinary import akin
from knowledge_base.text import fold

_SLIPS, _SHORTEST = 2, 4  # letters


def called(index: NeedIndex, text: str) -> str | None:
    """« D1102 », « RNCP 38381 », « Une formation, un emploi » : the sheet that is called so."""
    return index.whole_names.get(code_in(text) or fold(text))


def called_by_a_word(index: NeedIndex, text: str, ordinary: Callable[[str], bool]) -> str | None:
    """« POEI », « AIF ? » : the only sheet that has this word for a name, when it is no word of everyday French."""
    said = fold(text).split()
    if len(said) != 1 or said[0] not in index.lone_names or ordinary(said[0]):
        return None
    sheets = {int(index.name_sheet[name]) for name in index.names_within(set(stems_of(said)))}
    return index.keys[sheets.pop()] if len(sheets) == 1 else None


def only_looks_alike(index: NeedIndex, key: str, query: Query, ordinary: Callable[[str], bool]) -> bool:
    """« c'est quoi macron ? » is no mason: the one word that is said is everyday French, no name or text of the sheet holds it,
    and a word of its name is spelt nearly so."""
    empty = french().question | french().nouns | french().light
    said = [word for word in tokens_of(query.whole.naming) if word not in empty]
    if len(said) != 1 or len(said[0]) < _SHORTEST or not ordinary(said[0]):
        return False
    word, row = (stems_of(said) or tuple(said))[0], index.place[key]
    names = {stem for name in np.flatnonzero(index.name_sheet == row) for stem in index.name_stems[name]}
    if any(akin(word, stem) for stem in names) or row in index.body.holding(word):
        return False
    return any(len(stem) >= _SHORTEST and Levenshtein.distance(word, stem) <= _SLIPS for stem in names)
