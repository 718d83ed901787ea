"""A message as the ranking reads it: its words without the places it names, its clauses, their vectors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.geo.place import Place
from knowledge_base.search.meaning import Vectors, vectors_of
from knowledge_base.search.needs.terms import grams_of, stems_of, tokens_of
from knowledge_base.text import words
from language.reading import read

# What is read of a message: beyond, nothing changes what it asks, and the work stays bounded.
LONGEST_READ = 1_200
CLAUSES_READ = 5
PLACES_READ = 3
SHORTEST_CLAUSE = 2
REFUSED_WORDS = 3
_BREAK = re.compile(r"[.?!;:\n…]+|,\s|\s(?:et|mais|sinon|ou alors|puis|parce que|pcq|donc|aussi|ensuite|par contre)\s", re.I)


@dataclass(frozen=True)
class Part:
    """A clause: as written, and its words without the places that it names (« Rouen » names no sheet by itself)."""

    text: str
    naming: str
    places: tuple[Place, ...] = ()
    away_from: tuple[Place, ...] = ()

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of its words."""
        return stems_of(tokens_of(self.naming))

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
    pieces = [piece.strip() for piece in _BREAK.split(read_text) if len(piece.split()) >= SHORTEST_CLAUSE][:CLAUSES_READ]
    clauses = [_part(piece, gazetteer) for piece in pieces] or [_part(read_text, gazetteer)]
    places = tuple(dict.fromkeys(place for clause in clauses for place in clause.places))
    away = tuple(dict.fromkeys(place for clause in clauses for place in clause.away_from))
    whole = Part(read_text, " ".join(clause.naming for clause in clauses), places, away)
    return (whole, *clauses) if len(clauses) > 1 else (whole,)


def query_of(text: str, gazetteer: Gazetteer | None = None, *, vectors: Vectors | None = None) -> Query:
    """The query of a message; its vectors are computed here unless they come with it."""
    parts = parts_of(text, gazetteer)
    return Query(parts, vectors_of(texts_of(parts)) if vectors is None else vectors)


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
    refused = _refused_words(text)
    away = tuple(place for place in places if set(words(place.name)) <= refused)
    # « pas comptable, aide comptable » asks for the second; « je ne veux plus aller au lycée » refuses no name.
    naming = [token for token in tokens if token not in refused] or tokens
    return Part(text, " ".join(naming), tuple(place for place in places if place not in away), away)


def _refused_words(text: str) -> set[str]:
    reading = read(text)
    spans = (span for span in reading.refused if span[1] - span[0] <= REFUSED_WORDS)
    return {word for span in spans for word in words(reading.typed(*span))}
