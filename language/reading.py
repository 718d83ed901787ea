"""One reading of a message, made once and carried along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from language.clauses import Span, clauses_of
from language.fold import is_elongated
from language.negation import refused_in
from language.persons import Fact, FactKind, Mention, Who, facts_in, people_in, speaks_for
from language.places import PlaceMention, PlaceNames
from language.replies import Reply, reply_of
from language.typos import Vocabulary, shipped_vocabulary
from language.words import Word, normal_words

LONGEST_TEXT = 5_000  # characters read; channels refuse longer messages long before
Wire: TypeAlias = dict[str, Any]
_EMOJI = re.compile(
    r"[\U0001F1E6-\U0001F1FF]{2}|[\U0001F300-\U0001FAFF\u2600-\u27BF\u2B50\u2B55](?:[\uFE0F\u200D\U0001F3FB-\U0001F3FF]+[\U0001F300-\U0001FAFF\u2600-\u27BF]?)*"
)
_FEWEST_CAPITALS = 3


@dataclass(frozen=True)
class Names:
    """What the knowledge base knows by name, handed in as a snapshot: words that correct slips, places."""

    vocabulary: Vocabulary
    places: PlaceNames | None = None

    @classmethod
    def of(cls, words: Iterable[str], places: PlaceNames | None = None) -> Names:
        """`words`: names and words of the sheets, in any spelling."""
        return cls(Vocabulary(words, places.words if places else ()), places)


@dataclass(frozen=True)
class Reading:
    """A message taken apart. All spans count words (end excluded); `offsets` gives their place in the text.

    `words`: normal form. `clauses`, `refused`: spans. `people`: others who are mentioned; `facts`: what is said of whom.
    `speaks_for`: for whom the message asks. `places`: places named, refused ones marked. `reply`: a mere reaction or thanks…
    """

    text: str
    words: tuple[Word, ...]
    clauses: tuple[Span, ...]
    refused: tuple[Span, ...]
    people: tuple[Mention, ...]
    facts: tuple[Fact, ...]
    speaks_for: Who
    places: tuple[PlaceMention, ...]
    reply: Reply

    @cached_property
    def forms(self) -> list[str]:
        """The normal words."""
        return [word.normal for word in self.words]

    @cached_property
    def normal(self) -> str:
        """The normal words as one line."""
        return " ".join(self.forms)

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Where words stand in the text."""
        return self.words[start].start, self.words[end - 1].end

    def typed(self, start: int, end: int | None = None) -> str:
        """Words as they were typed."""
        first, last = self.offsets(start, start + 1 if end is None else end)
        return self.text[first:last]

    def clause_at(self, place: int) -> Span:
        """The clause that a word stands in."""
        return next((span for span in self.clauses if span[0] <= place < span[1]), (0, len(self.words)))

    def refuses(self, start: int, end: int) -> bool:
        """Whether any of the words is refused."""
        return any(first < end and start < last for first, last in self.refused)

    def fact(self, kind: FactKind, who: Who | None = None) -> str | None:
        """The first value said of the one who is asked for (or of `who`)."""
        about = who or self.speaks_for
        return next((fact.value for fact in self.facts if fact.kind == kind and fact.who == about), None)

    @property
    def age(self) -> int | None:
        """The age of the one who is asked for."""
        value = self.fact("age")
        return int(value) if value else None

    @property
    def public(self) -> str | None:
        """The public, as in the contract (`collegien` … `professionnel`)."""
        return public_of(self)

    @property
    def emojis(self) -> tuple[str, ...]:
        """The emojis, in order."""
        return tuple(match[0] for match in _EMOJI.finditer(self.text))

    @property
    def elongated(self) -> tuple[int, ...]:
        """Words with a letter drawn out (« ouiiii »)."""
        return tuple(place for place, word in enumerate(self.words) if is_elongated(self.text[word.start : word.end].lower()))

    @property
    def capitals(self) -> tuple[int, ...]:
        """Words in capital letters, three letters at least: acronyms, or shouting."""
        return tuple(place for place, word in enumerate(self.words) if _in_capitals(self.text[word.start : word.end]))

    def to_wire(self) -> Wire:
        """The reading as compact JSON: positions without names, everything but what follows from it."""
        return {
            "t": self.text,
            "w": [[word.normal, word.start, word.end] for word in self.words],
            "c": [list(span) for span in self.clauses],
            "n": [list(span) for span in self.refused],
            "o": [[other.who, other.start, other.end] for other in self.people],
            "f": [[fact.kind, fact.value, fact.who, fact.start, fact.end] for fact in self.facts],
            "s": self.speaks_for,
            "p": [place.to_wire() for place in self.places],
            "r": self.reply,
        }

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Reading:
        """The reading that `to_wire` wrote."""
        return cls(
            text=wire["t"],
            words=tuple(Word(*word) for word in wire["w"]),
            clauses=tuple((start, end) for start, end in wire["c"]),
            refused=tuple((start, end) for start, end in wire["n"]),
            people=tuple(Mention(*other) for other in wire["o"]),
            facts=tuple(Fact(*fact) for fact in wire["f"]),
            speaks_for=wire["s"],
            places=tuple(PlaceMention.from_wire(place) for place in wire["p"]),
            reply=wire["r"],
        )


def read(text: str, names: Names | None = None) -> Reading:
    """Reads a message. Never fails; an empty text gives an empty reading."""
    text = text[:LONGEST_TEXT]
    words = normal_words(text, names.vocabulary if names else shipped_vocabulary())
    forms = [word.normal for word in words]
    people, refused = people_in(forms), refused_in(text, words)
    places = names.places.find_all(text, words, refused) if names and names.places else ()
    return Reading(
        text=text,
        words=words,
        clauses=clauses_of(text, words),
        refused=refused,
        people=people,
        facts=facts_in(forms, people),
        speaks_for=speaks_for(forms, people),
        places=places,
        reply=reply_of(text, forms),
    )


def public_of(reading: Reading) -> str | None:
    """Who writes: a professional before a parent, then what the person says of themselves, then their class."""
    own = [fact.value for fact in reading.facts if fact.kind == "public" and fact.who == "self"]
    for first in ("professionnel", "parent"):
        if first in own:
            return first
    if reading.speaks_for in ("pupils", "employee", "client"):
        return "professionnel"
    if reading.speaks_for == "child":
        return "parent"
    return own[0] if own else _by_class(reading.fact("class"))


def _by_class(name: str | None) -> str | None:
    if name in {"6e", "5e", "4e", "3e"}:
        return "collegien"
    if name in {"2de", "1re", "terminale"}:
        return "lyceen"
    return "etudiant" if name else None


def _in_capitals(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    return len(letters) >= _FEWEST_CAPITALS and all(char.isupper() for char in letters)
