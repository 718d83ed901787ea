"""Whether a short message goes on about the sheet that was spoken of, or asks for another one."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from knowledge_base.language import french
from knowledge_base.search.needs.finder import SAME_WORDS, Finder, Ranked
from knowledge_base.search.needs.index import NeedIndex
from knowledge_base.search.needs.query import Query
from knowledge_base.search.needs.terms import stems_of, tokens_of
from knowledge_base.text import fold, words

# A follow-up is short: who writes more tells a story of their own.
FOLLOW_UP_WORDS = 9
# A sheet that is found less surely takes nobody away from the one spoken of.
ANEW_FROM, BELIEVED = 0.6, 0.2
# « je voulais dire GEA » : nearly all of the belief needs less.
WHOLLY, ANEW_WHOLLY_FROM = 0.9, 0.5
# What the sheet spoken of answers in the same words, and nearly as well as the other, is asked of it.
NEARER = 0.05
# « faut savoir dessiner », « il faut être bon en maths » : what a trade or a course requires is asked of it.
_REQUIRES = re.compile(r"^(?:(?:et|mais|ok|est ce qu) )*(?:il |y )?(?:faut|doit on|on doit) (?!quoi|quel|passer|faire quoi)")
_GLUED = re.compile(r"[ld][aeiouyh]\w{3,}")
TAUGHT, REQUIRED = ("metier/", "formation/"), ("metier/", "formation/", "aide/")


def goes_on_about(index: NeedIndex, query: Query, subject: str | None) -> bool:
    """Whether a message is short enough to be about the sheet spoken of."""
    return subject in index.place and len(query.whole.stems) <= FOLLOW_UP_WORDS


def asks_anew(finder: Finder, found: Ranked, query: Query, subject: str) -> bool:
    """« faut quel diplôme pour la crèche », after an apprentice's pay: a word is in the name of the best sheet, the one spoken of
    does not hold it, and it does not answer as well."""
    index, own = finder.index, finder.index.place[subject]
    if not len(found.rows) or found.rows[0] == own or not _is_believed(finder, found, query):
        return False
    best = int(found.rows[0])
    near = _nearest(index, own, query)
    answers = near >= SAME_WORDS and near >= _nearest(index, best, query) - NEARER
    return not answers and _points_away(index, best, own, query)


def _is_believed(finder: Finder, found: Ranked, query: Query) -> bool:
    """Whether the best sheet has nearly all of the belief, or much of it in a message that is surely answered."""
    share, sure = float(found.shares[0]), finder.sureness(found, query)
    return share >= BELIEVED and sure >= (ANEW_WHOLLY_FROM if share >= WHOLLY else ANEW_FROM)


def asks_what_it_takes(text: str, subject: str, best: str) -> bool:
    """« faut savoir dessiner ? » after a trade: a condition of it, not the trade of who draws."""
    return subject.startswith(TAUGHT) and best.startswith(REQUIRED) and bool(_REQUIRES.match(fold(text)))


def names_its_kind(index: NeedIndex, query: Query, subject: str, best: str) -> bool:
    """« il y a un titre professionnel pour ça ? » after a titre professionnel: the words are those of its own name, and what they
    call otherwise is only the kind of course that it is."""
    said = telling_words(query)
    titles = [set(index.stems_of_title(index.place[key])) for key in (subject, best)]
    both = subject.startswith("formation/") and best.startswith("formation/")
    return both and bool(said) and said <= titles[0] & titles[1]


def without_glued_article(index: NeedIndex, text: str, ordinary: Callable[[str], bool]) -> str:
    """« lepide », « dinfirmier »: the article is taken off a name that it was glued to."""
    for word in dict.fromkeys(words(text)):
        name = word[1:]
        if _GLUED.match(word) and name in index.lone_names and word not in index.lone_names and not ordinary(word):
            text = re.sub(rf"\b{word}\b", f"{word[0]}'{name}", text, flags=re.IGNORECASE)
    return text


def only_a_stem(index: NeedIndex, row: int, query: Query) -> bool:
    """« il se passe quoi » is no PASS, « faut savoir dessiner » no « dessinateur »: the names that are said have one word, and
    none of them is typed."""
    said = set(query.whole.stems)
    names = [index.name_stems[name] for name in index.names_within(said) if index.name_sheet[name] == row]
    single = {stems[0] for stems in names if len(stems) == 1}
    if not single or any(len(stems) > 1 for stems in names):
        return False
    typed = {word for word in tokens_of(query.whole.naming) if stems_of((word,)) and stems_of((word,))[0] in single}
    return not any({word, word.rstrip("sx")} & index.lone_names for word in typed)


def telling_words(query: Query) -> set[str]:
    """The stems of the words that are more than a question about anything (« c'est payé combien » has none)."""
    empty = french().question | french().light | french().nouns
    return set(stems_of([word for word in tokens_of(query.whole.naming) if word not in empty]))


def _points_away(index: NeedIndex, best: int, own: int, query: Query) -> bool:
    names = {stem for name in np.flatnonzero(index.name_sheet == best) for stem in index.name_stems[name]}
    return any(stem in names and own not in index.body.holding(stem) for stem in telling_words(query))


def _nearest(index: NeedIndex, row: int, query: Query) -> float:
    """How near the message comes to a way of asking the sheet something."""
    vectors = (index.vectors_of_asks(row, answer.asks) for answer in index.answers[row])
    return max((float((own @ query.vectors[0]).max()) for own in vectors if len(own)), default=0.0)
