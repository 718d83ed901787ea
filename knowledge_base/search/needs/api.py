"""What the dialogue asks of the ranking: the needs of a message, read with the subject that was spoken of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.geo.place import Place
from knowledge_base.language import french
from knowledge_base.search.needs.bare import called, only_looks_alike
from knowledge_base.search.needs.finder import Finder, Need, Ranked, plainly, ranked, says_a_name
from knowledge_base.search.needs.index import NeedIndex
from knowledge_base.search.needs.query import Query, query_of
from knowledge_base.search.needs.terms import stems_of, tokens_of
from language.reading import read

# A follow-up is short: who writes more tells a story of their own.
FOLLOW_UP_WORDS = 9
NAMES_LOOKED_AT = 3
# A long name is called when this many of its words, and this share of them, are said.
NAME_WORDS, MOST = 3, 0.75
WHOLE_NAME_WORDS = 2


@dataclass(frozen=True)
class Found:
    """What was found in a message: its needs, surest first; the places that it names; whether it goes on about the subject.

    `points` are those asked, even when no sheet answers; `near` are the best sheets when none is sure enough; `named`: the
    best one is called by its name; `bare`: nothing but places is said (« et à Caen ? »).
    """

    needs: tuple[Need, ...] = ()
    places: tuple[Place, ...] = ()
    away_from: tuple[Place, ...] = ()
    points: tuple[str, ...] = ()
    follow_up: bool = False
    near: tuple[str, ...] = ()
    named: bool = False
    bare: bool = False


def _nothing_is_ordinary(word: str) -> bool:
    return False


def find_needs(
    finder: Finder,
    gazetteer: Gazetteer,
    text: str,
    subject: str | None = None,
    ordinary: Callable[[str], bool] = _nothing_is_ordinary,
) -> Found:
    """The needs of a message; a short one that names no other sheet goes on about `subject` (`kind/id`). `ordinary`: whether a
    word is everyday French, and so no misspelling of a name."""
    if subject in finder.index.place:
        text = without_the_refused(text, finder.index.titles[finder.index.place[str(subject)]])
    query = query_of(text, gazetteer)
    whole = ranked(finder.index, finder.model.ranking, query)
    points = plainly(finder.asked(query))
    key = called(finder.index, text)
    by_name = only_a_name(finder.index, whole, query) or most_of_a_name(finder.index, whole, query)
    named = bool(key) or says_a_name(whole) or by_name
    goes_on = subject in finder.index.place and len(query.whole.stems) <= FOLLOW_UP_WORDS
    # « où peut-elle se former » : a word that names a sheet, when no sheet answers, calls nothing by its name.
    needs = () if goes_on and not named else tuple(finder.needs(query, whole))
    needs = (finder.about(key, query),) if key else needs
    if goes_on and not needs:
        need = finder.about(str(subject), query)
        return Found((need,), query.whole.places, query.whole.away_from, points, follow_up=True, bare=not query.whole.stems)
    if needs and not named and only_looks_alike(finder.index, needs[0].sheet, query, ordinary):
        needs = ()
    near = tuple(finder.index.keys[row] for row in whole.rows[:3])
    return Found(
        needs,
        query.whole.places,
        query.whole.away_from,
        points,
        near=near,
        named=named,
        bare=not query.whole.stems,
    )


def only_a_name(index: NeedIndex, found: Ranked, query: Query) -> bool:
    """« c'est quoi la VAE »: nothing is said but the words of a question and the whole name of a sheet, however common it is."""
    asked = [word for word in tokens_of(query.whole.naming) if word not in french().question and word not in french().nouns]
    said = set(stems_of(asked))
    sheets = {int(index.name_sheet[name]) for name in index.names_within(said) if set(index.name_stems[name]) == said}
    # « quelles aides ? » is no name when all that it fits best is called otherwise.
    return bool(sheets & {int(row) for row in found.rows[:NAMES_LOOKED_AT]})


def most_of_a_name(index: NeedIndex, found: Ranked, query: Query) -> bool:
    """« et le BTS négociation et relation client ? », « la mission locale du Havre » : nearly every word of a long name of the
    sheet that comes first, or the whole title, of two words or more, of one of the first."""
    if not len(found.rows):
        return False
    said = set(query.whole.stems)
    titles = (index.stems_of_title(int(row)) for row in found.rows[:NAMES_LOOKED_AT])
    if any(len(own) >= WHOLE_NAME_WORDS and own <= said for own in titles):
        return True
    first = (set(index.name_stems[name]) for name in np.flatnonzero(index.name_sheet == found.rows[0]))
    return any(len(own & said) >= NAME_WORDS and len(own & said) >= MOST * len(own) for own in first)


def without_the_refused(text: str, title: str) -> str:
    """« non pas boulanger patissier », dictated, after the baker: what was spoken of is refused, what follows it is asked for."""
    reading, named = read(text), set(stems_of(tokens_of(title)))
    for start, end in reading.refused:
        after = start
        while after < end and set(stems_of(tokens_of(reading.typed(after)))) <= named:
            after += 1
        if stems_of(tokens_of(reading.typed(start, after))) and after < len(reading.words):
            return f"{text[: reading.words[max(start - 1, 0)].start]}{text[reading.words[after].start :]}"
    return text
