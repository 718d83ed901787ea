"""A message as the ranking reads it: its words without the places it names, its clauses, their vectors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.geo.place import Place
from knowledge_base.language import french
from knowledge_base.search.meaning import Vectors
from knowledge_base.search.needs.terms import grams_of, stems_of, tokens_of
from knowledge_base.search.needs.vectors import encoded
from knowledge_base.text import words
from language.reading import Reading, read
from language.roles import role_of

# What is read of a message: beyond, nothing changes what it asks, and the work stays bounded.
LONGEST_READ = 1_200
CLAUSES_READ = 8
PLACES_READ = 3
# Shorter, a word alone between two commas names nothing (« oui », « svp »).
SHORTEST_NAME = 5
REFUSED_WORDS = 3
NOT_WANTED = ("mine", "other")
_BREAK = re.compile(r"[.?!;:\n…]+|,\s|\s(?:et|mais|sinon|ou alors|puis|parce que|pcq|donc|aussi|ensuite|par contre)\s", re.I)


@dataclass(frozen=True)
class Part:
    """A clause: as written; `naming`: its words without the places that it names (« Rouen » names no sheet by itself);
    `wanted`: those without what somebody is or was already (« je suis ambulancier, passer infirmier »)."""

    text: str
    naming: str
    wanted: str
    places: tuple[Place, ...] = ()
    away_from: tuple[Place, ...] = ()

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of its words."""
        return stems_of(tokens_of(self.naming))

    @cached_property
    def wanted_stems(self) -> tuple[str, ...]:
        """The stems of what is asked for."""
        return stems_of(tokens_of(self.wanted))

    @cached_property
    def grams(self) -> tuple[str, ...]:
        """The character grams of its words."""
        return grams_of(tokens_of(self.naming))


@dataclass(frozen=True)
class Query:
    """The whole message first, then its clauses (only the whole when it has one); `vectors` has a unit row for each."""

    parts: tuple[Part, ...]
    vectors: Vectors

    @property
    def whole(self) -> Part:
        """All of it."""
        return self.parts[0]

    @property
    def clauses(self) -> tuple[Part, ...]:
        """Its parts, or the whole."""
        return self.parts[1:] or self.parts

    def alone(self, number: int) -> Query:
        """One clause (0 is the first) as a message of its own."""
        row = number + 1 if len(self.parts) > 1 else 0
        return Query((self.clauses[number],), self.vectors[row : row + 1])


def parts_of(text: str, gazetteer: Gazetteer | None = None) -> tuple[Part, ...]:
    """The whole and its clauses; bounded, whatever the text holds."""
    read_text = text[:LONGEST_READ]
    pieces = [piece.strip() for piece in _BREAK.split(read_text) if _says_something(piece, read_text)][:CLAUSES_READ]
    clauses = [_part(piece, gazetteer) for piece in pieces] or [_part(read_text, gazetteer)]
    places = tuple(dict.fromkeys(place for clause in clauses for place in clause.places))
    away = tuple(dict.fromkeys(place for clause in clauses for place in clause.away_from))
    naming, wanted = (" ".join(getattr(clause, name) for clause in clauses) for name in ("naming", "wanted"))
    whole = Part(read_text, naming, wanted, places, away)
    return (whole, *clauses) if len(clauses) > 1 else (whole,)


def _says_something(piece: str, text: str) -> bool:
    """A clause has two words, or one that may be a name (« pas boulanger, pâtissier »): no greeting, no « svp ».

    Nor what somebody says of themselves before the rest (« infirmière, je veux changer »).
    """
    said = words(piece)
    if len(said) != 1:
        return len(said) > 1
    first = text.strip().startswith(piece) and role_of(read(text), 0, 1) in NOT_WANTED
    return len(said[0]) >= SHORTEST_NAME and said[0] not in french().question and not first


def query_of(text: str, gazetteer: Gazetteer | None = None, *, vectors: Vectors | None = None) -> Query:
    """The query of a message; its vectors are computed here unless they come with it."""
    parts = parts_of(text, gazetteer)
    return Query(parts, encoded(texts_of(parts)) if vectors is None else vectors)


def texts_of(parts: Sequence[Part]) -> list[str]:
    """The texts whose vectors a query needs, in order."""
    return [part.text for part in parts]


def _part(text: str, gazetteer: Gazetteer | None) -> Part:
    tokens, places = words(text), []
    for _ in range(PLACES_READ if gazetteer else 0):
        mention = gazetteer.find(" ".join(tokens)) if gazetteer else None
        if mention is None:
            break
        places.append(mention.place)
        tokens = tokens[: mention.start] + tokens[mention.end :]
    reading = read(text)
    refused, owned = _refused_words(reading), _owned_words(reading)
    away = tuple(place for place in places if set(words(place.name)) <= refused)
    # « pas comptable, aide comptable » asks for the second; « je ne veux plus aller au lycée » refuses no name.
    naming = [token for token in tokens if token not in refused] or tokens
    wanted = " ".join(token for token in naming if token not in owned)
    return Part(text, " ".join(naming), wanted, tuple(place for place in places if place not in away), away)


def _owned_words(reading: Reading) -> set[str]:
    """The words for what the person, or somebody else, is or was."""
    at = (place for place in range(len(reading.words)) if role_of(reading, place, place + 1) in NOT_WANTED)
    return {word for place in at for word in words(reading.typed(place))}


def _refused_words(reading: Reading) -> set[str]:
    spans = (span for span in reading.refused if span[1] - span[0] <= REFUSED_WORDS)
    return {word for span in spans for word in words(reading.typed(*span))}
