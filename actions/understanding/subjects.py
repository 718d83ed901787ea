"""Which sheet a question is about: chosen with a button, named in the words, or the one just spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.fold import fold, has_word
from actions.knowledge import Ref, ref_of
from actions.turn import Turn

# Scores of KnowledgeBase.link: from NAMED on, a sheet is named, from SURE on nothing else is meant; a follow-up
# (« y a des filles ? ») must name ANOTHER trade almost by its title before it replaces the one in mind.
NAMED = 0.55
SURE = 0.75
ANOTHER = 0.88
EXACT = 0.95
CLOSE = 0.04
WORD_LETTERS = 5
WORDS_TRIED = 5

_INTRODUCES = re.compile(
    r"\b(?:peut|peuvent|pouvoir|veut|veux|pour) (?:faire|etre|devenir|bosser en|travailler en) "
    r"(?:de la |du |en |une? )?(?!cela|autre|quoi)\w{4,}"
)
# « je veux pas faire de maths », « mais pas aide-soignante »: what is not wanted is not what is asked.
_REJECTED = re.compile(r"\b(?:veux|veut|voudrais|aime|mais|surtout)\s+(?:surtout\s+)?pas\b[^,;.!?]*", re.IGNORECASE)
# « comment on fait pour être prof des écoles »: what follows the verb is the name, and nothing else.
_NAME_OF_TRADE = re.compile(r"\b(?:[êe]tre|devenir)\s+(?:une? |le |la |l['’])?(?P<name>\S.{2,})$", re.IGNORECASE)
# « où peut-elle se former », « vers qui je me tourne »: what one does with oneself names no « formateur », no « tourneur ».
_ABOUT_ONESELF = re.compile(
    r"\b(?:me|te|se|nous|vous|m['’]|t['’]|s['’]) ?(?:form|tourn|orient|dirig|adress|inscri|renseign)\w*", re.IGNORECASE
)
_BACK_REFERENCES = ("ce metier", "ce boulot", "ce taf", "ce travail", "cette formation", "ce diplome", "cette branche")


@dataclass
class Subject:
    """The sheet in question (or None) and all that the words could mean, best first."""

    ref: Ref | None = None
    hits: list[Any] = field(default_factory=list)

    @property
    def undecided(self) -> bool:
        """Whether the two best differ too little to choose, and neither is the exact title."""
        hits = self.hits
        return len(hits) > 1 and hits[0].score < EXACT and hits[0].score - hits[1].score < CLOSE


def subject(turn: Turn, kind: str, *, text: str | None = None, fresh: bool = False) -> Subject:
    """The trade (kind "metier") or the course ("formation") that the question is about.

    `fresh` is for questions that introduce their subject (« c'est quoi le boulot d'ergo ») : what was spoken of
    before then only counts when the words point back to it.
    """
    remembered = turn.get(kind)
    if kind in turn.given or (turn.is_button and text is None):
        return Subject(remembered)
    follow_up = bool(remembered) and not fresh
    hits = _after_the_verb(turn, kind, text) or named(turn, [kind], text=text, at_least=ANOTHER if follow_up else NAMED)
    if not hits and not follow_up:
        hits = named_by_a_word(turn, [kind])
    if hits:
        return _of_hits(hits)
    if fresh and not points_back(turn.text):
        return Subject()
    return Subject(remembered)


def wanted(text: str) -> str:
    """The words without what is refused (« infirmière mais pas aide-soignante » → « infirmière ») or done with oneself."""
    return _ABOUT_ONESELF.sub(" ", _REJECTED.sub(" ", text)).strip()


def named(turn: Turn, kinds: Sequence[str], *, text: str | None = None, at_least: float = NAMED) -> list[Any]:
    """The sheets that the words name surely enough, best first."""
    words = wanted(turn.text) if text is None else text
    if not words.strip():
        return []
    return [hit for hit in turn.link(words, kinds) if hit.score >= at_least]


def trade_to_be(turn: Turn) -> list[Any]:
    """The trade whose whole name follows « être » or « devenir »; empty when none does."""
    return _after_the_verb(turn, "metier", None)


def _after_the_verb(turn: Turn, kind: str, text: str | None) -> list[Any]:
    found = _NAME_OF_TRADE.search(wanted(turn.text) if text is None else text)
    return named(turn, [kind], text=found["name"], at_least=EXACT) if found and kind == "metier" else []


def _of_hits(hits: list[Any]) -> Subject:
    """Among equally good names, the one sheet that the agency wrote is meant rather than an imported one."""
    close = [hit for hit in hits if hits[0].score - hit.score < CLOSE]
    own = [hit for hit in close if hit.origin != "rome"]
    if len(close) > 1 and len(own) == 1:
        return Subject(ref_of(own[0]), own)
    return Subject(ref_of(hits[0]), hits)


def named_by_a_word(turn: Turn, kinds: Sequence[str]) -> list[Any]:
    """« est-ce que c'est dur physiquement maçon » : one word of a sentence that is, alone, the exact name of a sheet."""
    telling = [word for word in fold(turn.text).split() if len(word) >= WORD_LETTERS]
    for word in sorted(telling, key=len, reverse=True)[:WORDS_TRIED]:
        exact = [hit for hit in turn.link(word, kinds) if hit.score >= EXACT]
        if exact:
            return exact
    return []


def points_back(text: str) -> bool:
    """Whether the words are about what was just said (« c'est quoi ce métier », « et ça ? »)."""
    folded = fold(text)
    return len(folded.split()) <= 8 and has_word(folded, *_BACK_REFERENCES)
