"""What the dialogue asks of the ranking: the needs of a message, read with the subject that was spoken of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.geo.place import Place
from knowledge_base.language import french
from knowledge_base.search.needs.bare import called, called_by_a_word, only_looks_alike
from knowledge_base.search.needs.finder import Finder, Need, Ranked, plainly, ranked, says_a_name
from knowledge_base.search.needs.follow_up import (
    asks_anew,
    asks_what_it_takes,
    goes_on_about,
    names_its_kind,
    only_a_stem,
    telling_words,
    without_glued_article,
)
from knowledge_base.search.needs.index import NeedIndex
from knowledge_base.search.needs.query import Query, query_of
from knowledge_base.search.needs.terms import stems_of, tokens_of
from language.reading import read

NAMES_LOOKED_AT = 3
# A long name is called when this many of its words, and this share of them, are said.
NAME_WORDS, MOST = 3, 0.75
WHOLE_NAME_WORDS = 2


@dataclass(frozen=True)
class Found:
    """What was found in a message: its needs, surest first; the places that it names; whether it goes on about the subject.

    `points` are those asked, even when no sheet answers; `near` are the best sheets when none is sure enough; `named`: the
    best one is called by its name; `bare`: nothing but places is said (« et à Caen ? »); `telling`: a word says more than a
    question about anything (« c'est payé combien » has none); `surely`: how surely the first point is asked.
    """

    needs: tuple[Need, ...] = ()
    places: tuple[Place, ...] = ()
    away_from: tuple[Place, ...] = ()
    points: tuple[str, ...] = ()
    follow_up: bool = False
    near: tuple[str, ...] = ()
    named: bool = False
    bare: bool = False
    telling: bool = True
    surely: float = 0.0


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
    text = without_glued_article(finder.index, text, ordinary)
    asked = _unrefused(finder, text, subject)
    query = query_of(asked, gazetteer)
    whole = ranked(finder.index, finder.model.ranking, query)
    goes_on = goes_on_about(finder.index, query, subject)
    key = called(finder.index, asked) or called_by_a_word(finder.index, asked, ordinary)
    named = _is_named(finder, whole, query, goes_on)
    # « où peut-elle se former » : a word that names a sheet, when no sheet answers, calls nothing by its name.
    stays = goes_on and not key and _stays(finder, whole, query, str(subject), named)
    named = (bool(key) or named) and not stays
    needs = () if stays else tuple(finder.needs(query, whole))
    needs = (finder.about(key, query),) if key else needs
    if asked != text:
        needs = _but(finder, whole, query, needs, str(subject))
    follows = goes_on and not needs
    if follows:
        needs, named = (finder.about(str(subject), query, goes_on=True),), False
    elif needs and not named and only_looks_alike(finder.index, needs[0].sheet, query, ordinary):
        needs = ()
    points = finder.asked(query)
    return Found(
        needs,
        query.whole.places,
        query.whole.away_from,
        plainly(points),
        follow_up=follows,
        near=() if follows else tuple(finder.index.keys[row] for row in whole.rows[:3]),
        named=named,
        bare=not query.whole.stems,
        telling=bool(telling_words(query)),
        surely=max(points.whole.values()),
    )


def _unrefused(finder: Finder, text: str, subject: str | None) -> str:
    """The message without what was spoken of, when it is refused."""
    at = finder.index.place.get(str(subject))
    return text if at is None else without_the_refused(text, finder.index.titles[at])


def _is_named(finder: Finder, found: Ranked, query: Query, goes_on: bool) -> bool:
    """Whether the best sheet is called by its name; in a follow-up a word of the same stem is no name."""
    index = finder.index
    if goes_on and len(found.rows) and only_a_stem(index, int(found.rows[0]), query):
        return False
    return says_a_name(found) or only_a_name(index, found, query) or most_of_a_name(index, found, query)


def _stays(finder: Finder, found: Ranked, query: Query, subject: str, named: bool) -> bool:
    """Whether a short message is asked of the sheet that was spoken of."""
    best = finder.index.keys[int(found.rows[0])] if len(found.rows) else subject
    if asks_what_it_takes(query.whole.text, subject, best) or names_its_kind(finder.index, query, subject, best):
        return True
    return not named and not asks_anew(finder, found, query, subject)


def _but(finder: Finder, found: Ranked, query: Query, needs: tuple[Need, ...], refused: str) -> tuple[Need, ...]:
    """« pas comptable, aide comptable », both names of one sheet: what was refused gives way to the sheet that comes next."""
    if not needs or needs[0].sheet != refused or len(found.rows) < 2:
        return needs
    return (finder.about(finder.index.keys[found.rows[1]], query, needs[0].sure), *needs[1:])


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
