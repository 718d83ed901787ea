"""What a message says of people: age, class, diplomas, public, situation, rhythm, and of whom each is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, cast

from language.numbers import number_at
from language.phrases import Match, Phrases
from language.tables import table

Who = Literal["self", "child", "spouse", "relative", "friend", "pupils", "employee", "client"]
FactKind = Literal["age", "class", "held", "doing", "lacks", "asked", "public", "situation", "rhythm"]
YOUNGEST, OLDEST = 6, 99
YOUNGEST_BARE = 10  # « 6 ans animatrice » is how long, « 16 ans » alone is an age
REACH = 6  # words after a person within which « veut » is theirs
_NOTHING = "rien"


@dataclass(frozen=True)
class Fact:
    """What is said of somebody, by the words `start` to `end` (end excluded)."""

    kind: FactKind
    value: str
    who: Who
    start: int
    end: int


@dataclass(frozen=True)
class Mention:
    """Somebody who is mentioned."""

    who: Who
    start: int
    end: int


def people_in(forms: Sequence[str]) -> tuple[Mention, ...]:
    """Everybody but the writer, in order."""
    return tuple(Mention(match.value, match.start, match.end) for match in _longest(_people().find(forms)))  # type: ignore[arg-type]


def facts_in(forms: Sequence[str], people: Sequence[Mention]) -> tuple[Fact, ...]:
    """Every fact, with whom it is about, in order."""
    owners = _owners(forms, people)
    found = [*_ages(forms), *_listed(forms), *_diplomas(forms)]
    facts = (Fact(kind, match.value, _owner(match, owners), match.start, match.end) for kind, match in found)
    return tuple(sorted(_of_pupils([*facts]), key=lambda fact: (fact.start, fact.kind)))


def _of_pupils(facts: Sequence[Fact]) -> Iterator[Fact]:
    """« prof principal en terminale »: the class is that of the pupils."""
    teaches = any(fact.kind == "public" and fact.value == "professionnel" for fact in facts)
    for fact in facts:
        yield replace(fact, who="pupils") if teaches and fact.kind == "class" and fact.who == "self" else fact


def _owner(match: Match, owners: Sequence[Who]) -> Who:
    # « mes élèves » says what the writer is.
    return "self" if match.value in ("professionnel", "parent") else owners[match.start]


def speaks_for(forms: Sequence[str], people: Sequence[Mention]) -> Who:
    """For whom the message asks."""
    for person in people:
        if forms[max(0, person.start - 1) : person.start] == ["pour"]:
            return person.who
    if people and _turns("pour_soi").find(forms):
        return "self"
    owners = _owners(forms, people)
    return next((person.who for person in people if _is_asked_for(forms, person, owners)), "self")


def _is_asked_for(forms: Sequence[str], person: Mention, owners: Sequence[Who]) -> bool:
    if person.who in ("child", "pupils", "employee", "client"):
        return True
    if any(match.start >= person.start and match.start - person.end < REACH for match in _turns("mais_pas").find(forms)):
        return False
    return any(owners[match.start] == person.who for match in _turns("veut").find(forms) if match.start >= person.end)


def _owners(forms: Sequence[str], people: Sequence[Mention]) -> list[Who]:
    """Whom each word is about: the last person mentioned, until « je » or « il » says otherwise."""
    starts = {person.start: person.who for person in people}
    current: Who = "self"
    last: Who | None = None
    owners: list[Who] = []
    for place, form in enumerate(forms):
        if place in starts:
            current = last = starts[place]
        elif form in _set("soi") and not _inside(people, place):
            current = "self"
        elif form in _set("lui") and last:
            current = last
        owners.append(current)
    return owners


def _inside(people: Sequence[Mention], place: int) -> bool:
    return any(person.start <= place < person.end for person in people)


def _ages(forms: Sequence[str]) -> Iterator[tuple[FactKind, Match]]:
    for place in range(len(forms)):
        read = _years_at(forms, place)
        if read and YOUNGEST <= read[0] <= OLDEST and _is_age(forms, place, read[1]):
            yield "age", Match(str(read[0]), place, read[1])


def _years_at(forms: Sequence[str], place: int) -> tuple[int, int] | None:
    """« 17 ans », « dix-sept ans », « 17ans »."""
    if forms[place].endswith("ans") and forms[place][:-3].isdecimal() and len(forms[place]) == 5:
        return int(forms[place][:-3]), place + 1
    number = number_at(forms, place)
    if number and forms[number[1] : number[1] + 1] in (["ans"], ["an"], ["piges"], ["balais"]):
        inner = place and number_at(forms, place - 1)
        return None if inner and inner[1] >= number[1] else (number[0], number[1] + 1)
    return None


def _is_age(forms: Sequence[str], start: int, end: int) -> bool:
    before, after = forms[max(0, start - 3) : start], forms[end : end + 1]
    if before[-1:] == ["de"] and before[-2:-1] and before[-2] in _set("de_cet_age"):
        return True
    if before[-1:] and before[-1] in _set("a_cet_age"):
        # « j’ai 6 ans de boîte », « il y a 6 ans »
        return not (before[-2:] == ["y", "a"] or (after and after[0] in {"d", "de", "que", "dans", "chez"}))
    if forms[start].isdecimal() and int(forms[start]) < YOUNGEST_BARE:
        return False
    if before[:1] == ["entre"] or not _set("pas_un_age_avant").isdisjoint(before[-2:]):
        return False
    return not (after and after[0] in _set("pas_un_age_apres"))


def _listed(forms: Sequence[str]) -> Iterator[tuple[FactKind, Match]]:
    kinds: tuple[FactKind, ...] = ("class", "public", "situation", "rhythm")
    for kind in kinds:
        yield from ((kind, match) for match in _longest(_facts(kind).find(forms)) if match.value != _NOTHING)


def _diplomas(forms: Sequence[str]) -> Iterator[tuple[FactKind, Match]]:
    none = _turns("sans_rien").find(forms)
    yield from (("lacks", Match("diplome", match.start, match.end)) for match in none)
    for match in _longest(_levels().find(forms)):
        if match.value != _NOTHING:
            yield _status(forms, match), match


def _status(forms: Sequence[str], diploma: Match) -> FactKind:
    after = [match for match in _status_after().find(forms[diploma.end : diploma.end + REACH]) if match.start == 0]
    cue = after[0] if after else _status_before().before(forms, diploma.start)
    return cast(FactKind, cue.value) if cue else "asked"


def _longest(matches: Sequence[Match]) -> list[Match]:
    """Of matches that overlap, the longest; in order."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda item: (item.start - item.end, item.start)):
        if all(match.end <= other.start or other.end <= match.start for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda item: item.start)


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(str(word) for word in table("persons")[key])


@cache
def _turns(key: str) -> Phrases:
    return Phrases({key: table("persons")[key]})


@cache
def _facts(kind: str) -> Phrases:
    return Phrases(table("persons")["faits"][kind])


@lru_cache(maxsize=1)
def _people() -> Phrases:
    return Phrases(table("persons")["personnes"])


@lru_cache(maxsize=1)
def _levels() -> Phrases:
    return Phrases(table("persons")["diplomes"])


@lru_cache(maxsize=1)
def _status_before() -> Phrases:
    return Phrases(table("persons")["statuts"])


@lru_cache(maxsize=1)
def _status_after() -> Phrases:
    return Phrases(table("persons")["apres_diplome"])
