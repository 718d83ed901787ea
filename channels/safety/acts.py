"""Who does what to whom: « mon père me frappe » is not « je me frappe », and the number that helps depends on it.

Reads plain French (plain_french.py) from each word that says a blow: the pronoun before it or the person after it is struck, the
nearest person before that strikes. Words are in patterns/acts/.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from channels.safety.vocabulary import verb_forms
from language.yml import read_yml

FOLDER = Path(__file__).parent / "patterns" / "acts"
_REACH = 9  # words looked back upon for who does it
_CHAIN = 6  # words between the pronoun and the blow: « me [met toujours des] gifles »
_AFTER = 5  # words in which the person struck is named


class Who(StrEnum):
    """Who strikes or is struck, seen from the person who writes."""

    SELF = "soi"
    PARENT = "parent"
    RELATIVE = "proche"
    PARTNER = "conjoint"
    WORK = "travail"
    SCHOOL = "ecole"
    STRANGER = "inconnu"
    SOMEBODY = "quelqu_un"
    CHILD = "enfant"
    ADULT = "adulte"


@dataclass(frozen=True, slots=True)
class Act:
    """`by` does it to `to`; `words`: the places of the pronoun and of the blow in the message."""

    by: Who
    to: Who
    words: tuple[int, ...]

    @property
    def on_oneself(self) -> bool:
        """True when the same person strikes and is struck."""
        return self.by == Who.SELF == self.to


@dataclass(frozen=True, slots=True)
class _Person:
    who: Who
    first: int
    last: int
    mine: bool


_ME, _OTHER_ONE, _ITSELF = frozenset({"me", "m"}), frozenset({"le", "la", "l", "les", "lui", "leur"}), frozenset({"se", "s"})
_US = frozenset({"nous"})
_I = frozenset({"je", "j"})
_THEY = frozenset({"il", "elle", "ils", "elles", "on", "qui", "lui", "eux"})
_CHAINED = frozenset(
    {
        "a",
        "ont",
        "avait",
        "avaient",
        "va",
        "vont",
        "veut",
        "veulent",
        "voulait",
        "as",
        "ai",
        "suis",
        "est",
        "fait",
        "fais",
        "faire",
        "font",
        "y",
        "en",
        "deja",
        "toujours",
        "souvent",
        "encore",
        "pas",
        "jamais",
        "tout",
        "tous",
        "tres",
        "trop",
        "fort",
        "meme",
        "parfois",
        "aussi",
        "bien",
        "peut",
        "vient",
        "venir",
        "de",
        "d",
        "essaie",
        "essaye",
        "menace",
        "commence",
        "plus",
        "que",
        "vraiment",
        "beaucoup",
        "regulierement",
        "physiquement",
        "violemment",
        "recommence",
        "juste",
        "hier",
        "ca",
        "dit",
        "continue",
        "aller",
        "vais",
        "failli",
        "souvant",
        "grave",
        "un",
        "peu",
        "tellement",
        "vas",
        "encor",
        "etre",
        "ete",
        "sont",
        "etait",
        "par",
        "sur",
        "envie",
    }
)
_CAUSED = frozenset({"fais", "fait", "faire", "faisais", "laisse", "laisser"})
_BEING = frozenset({"suis", "est", "etait", "etais", "ete", "sont"})
_OWN = frozenset({"mon", "ma", "mes", "son", "sa", "ses", "notre", "nos", "leur", "leurs"})
_IMPERSONAL = frozenset({"ca", "cela", "c", "ce"})


class Acts:
    """The word lists, ready to use."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._people = _names(_read(folder / "who.yml"))
        blows = _read(folder / "blows.yml")
        self._blows = {form for verb in blows["verbes"] for form in verb_forms(verb)} | {str(form) for form in blows["formes"]}
        self._rows = [tuple(frozenset(part.split("|")) for part in row.split()) for row in blows["suites"]]
        self._begin = frozenset(word for row in self._rows for word in row[0])
        self._harmless = [tuple(str(entry).split()) for entry in blows["sans_coup"]]
        self._play = [tuple(str(entry).split()) for entry in blows["jeu"]]

    def read(self, words: Sequence[str]) -> list[Act]:
        """The acts told, in order; words in plain French."""
        places = self._blow_places(words)
        if not places or any(_found(entry, words) for entry in self._play):
            return []
        people = self._mentions(words)
        found = []
        for at, last in places:
            act = self._act(words, people, at, last)
            if act is not None:
                found.append(act)
        return found

    def relations(self, words: Sequence[str]) -> list[Who]:
        """Everybody who is named, in order: a partner, a parent…"""
        return [person.who for person in self._mentions(words)]

    def _blow_places(self, words: Sequence[str]) -> list[tuple[int, int]]:
        rows = [(at, at + len(row) - 1) for at, word in enumerate(words) if word in self._begin for row in self._rows
                if _row_at(row, words, at)]
        taken = {place for first, last in rows for place in range(first, last + 1)}
        single = [(at, at) for at, word in enumerate(words) if word in self._blows and at not in taken]
        return sorted(place for place in rows + single if not self._is_harmless(words, place[1]))

    def _is_harmless(self, words: Sequence[str], last: int) -> bool:
        following = words[last + 1 : last + 5]
        return any(_found(entry, following) for entry in self._harmless)

    def _act(self, words: Sequence[str], people: Sequence[_Person], at: int, last: int) -> Act | None:
        pronoun = _pronoun_before(words, at)
        by = _doer(words, people, at if pronoun is None else pronoun)
        places = (at,) if pronoun is None else (pronoun, at)
        if _is_denied(words, last):
            return None
        if _is_suffered(words, at) or (pronoun is not None and _is_caused(words, pronoun, at)):
            return self._suffered(words, people, last, by, places)
        if pronoun is not None and words[pronoun] in _ITSELF:
            return None  # « il se bat »: nobody else is struck
        to = self._struck(words, people, pronoun, last, by)
        return None if by is None or to is None or (pronoun is None and to == by) else Act(by, to, places)

    def _suffered(
        self, words: Sequence[str], people: Sequence[_Person], last: int, struck: Who | None, places: tuple[int, ...]
    ) -> Act | None:
        """« Je me fais frapper par mon père »: somebody else does it. By a thing, or to everybody (« on »), it is none."""
        by = self._after_by(words, people, last, struck)
        if (by is None and "par" in words[last + 1 : last + 3]) or struck == Who.SOMEBODY:
            return None
        himself = words[places[0]] in _ITSELF  # « s'est fait tabasser »: not the one who writes
        if struck in {None, Who.SELF} and not himself:
            return Act(by or Who.SOMEBODY, Who.SELF, places)
        return Act(by or Who.SOMEBODY, _as_struck(struck or Who.SOMEBODY), places)

    def _struck(
        self, words: Sequence[str], people: Sequence[_Person], pronoun: int | None, last: int, by: Who | None
    ) -> Who | None:
        if pronoun is None:
            return self._named_after(words, people, last)
        word = words[pronoun]
        if word in _ME or word in _US:
            return Who.SELF
        before = [person for person in people if person.last < pronoun]
        told = next((person for person in reversed(before) if person.who != by), None)
        return _as_victim(told) if told else None

    @staticmethod
    def _named_after(words: Sequence[str], people: Sequence[_Person], last: int) -> Who | None:
        following = words[last + 1 : last + 1 + _AFTER]
        if any(word in {"moi", "nous"} for word in following[:3]):
            return Who.SELF
        told = next((person for person in people if last < person.first <= last + _AFTER), None)
        return _as_victim(told) if told else None

    @staticmethod
    def _after_by(words: Sequence[str], people: Sequence[_Person], last: int, struck: Who | None) -> Who | None:
        told = next((person for person in people if last < person.first <= last + 4), None)
        if "par" in words[last + 1 : last + 3]:
            return told.who if told else None
        return next((person.who for person in people if person.who != struck), None)

    def _mentions(self, words: Sequence[str]) -> list[_Person]:
        found: list[_Person] = []
        at = 0
        while at < len(words):
            person = self._person_at(words, at)
            if person is not None:
                found.append(person)
                at = person.last
            at += 1
        return found

    def _person_at(self, words: Sequence[str], at: int) -> _Person | None:
        mine = at > 0 and (words[at - 1] in _OWN or words[max(0, at - 2)] in _OWN)
        for name in self._people.get(words[at], ()):
            if name.mine in {None, mine} and tuple(words[at : at + len(name.words)]) == name.words:
                return _Person(name.who, at, at + len(name.words) - 1, mine)
        return None


@dataclass(frozen=True, slots=True)
class _Name:
    """One way to name somebody; `mine`: only with « mon » (True), only without (False), or either."""

    words: tuple[str, ...]
    who: Who
    mine: bool | None


def _names(table: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, list[_Name]]:
    """All names by their first word, longest first; among equals the first relation of the file."""
    found: dict[str, list[_Name]] = {}
    for who, entry in table.items():
        for key, mine in (("noms", None), ("sien", True), ("pas_sien", False)):
            for name in entry.get(key) or ():
                words = tuple(str(name).split())
                if who != Who.ADULT:
                    found.setdefault(words[0], []).append(_Name(words, Who(who), mine))
    return {first: sorted(names, key=lambda name: -len(name.words)) for first, names in found.items()}


def _pronoun_before(words: Sequence[str], at: int) -> int | None:
    """The pronoun that the blow falls on: « me » of « il m'a encore frappé »."""
    for place in range(at - 1, max(-1, at - 1 - _CHAIN), -1):
        word = words[place]
        if (
            word in _ME
            or word in _ITSELF
            or (word in _OTHER_ONE and place + 1 == at)
            or (word in _OTHER_ONE and words[place + 1] in _CHAINED)
        ):
            return place
        if word in _US and place > 0 and words[place - 1] not in _I:
            return place
        if word not in _CHAINED:
            return None
    return None


def _is_caused(words: Sequence[str], pronoun: int, at: int) -> bool:
    """« Je me fais frapper », « je me suis fait taper dessus »: somebody else does it."""
    return any(word in _CAUSED for word in words[pronoun + 1 : at])


def _is_denied(words: Sequence[str], last: int) -> bool:
    """« Il me frappe pas »; but « pas qu'une fois »."""
    return words[last + 1 : last + 2] == ["pas"] and words[last + 2 : last + 3] not in (["que"], ["qu"])


def _is_suffered(words: Sequence[str], at: int) -> bool:
    """« Je suis battue par mon mari »."""
    return "par" in words[at + 1 : at + 4] and any(word in _BEING for word in words[max(0, at - 3) : at])


def _doer(words: Sequence[str], people: Sequence[_Person], before: int) -> Who | None:
    """The nearest one named or meant before this word; a pronoun stands for the last one named."""
    for place in range(before - 1, max(-1, before - 1 - _REACH), -1):
        word = words[place]
        person = next((person for person in people if person.first <= place <= person.last), None)
        if person is not None:
            return person.who
        if word in _I:
            return Who.SELF
        if word in _THEY:
            return _meant(words, people, place)
        if word in _IMPERSONAL:
            return None
    return None


def _meant(words: Sequence[str], people: Sequence[_Person], pronoun: int) -> Who:
    before = [person for person in people if person.last < pronoun and person.who != Who.CHILD]
    before = before or [person for person in people if person.last < pronoun]
    return before[-1].who if before else Who.SOMEBODY


def _as_victim(person: _Person) -> Who:
    return _as_struck(person.who)


def _as_struck(who: Who) -> Who:
    """Of the one who is struck only this counts: a child (or a pupil), or an adult."""
    return Who.CHILD if who in {Who.CHILD, Who.SCHOOL} else Who.ADULT


def _row_at(row: Sequence[frozenset[str]], words: Sequence[str], at: int) -> bool:
    return at + len(row) <= len(words) and all(words[at + step] in part for step, part in enumerate(row))


def _found(entry: tuple[str, ...], words: Sequence[str]) -> bool:
    return any(tuple(words[at : at + len(entry)]) == entry for at in range(len(words) - len(entry) + 1))


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = read_yml(path.read_text("utf-8"))
    return found


@cache
def shipped_acts() -> Acts:
    """The shipped lists, read once a process."""
    return Acts()
