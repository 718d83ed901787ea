"""The places that a message names, in its order: asked for, refused, too far, or where somebody lives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.geo.place import Place
from language.places import PlaceMention, PlaceNames
from language.reading import Names, Reading, read
from language.roles import role_of
from language.tables import run, table

Part = Literal["asked", "refused", "lived", "far"]
# « je suis aide-soignante à Granville »: so many words may stand between the verb and the place.
LIVED_WITHIN = 3
NOT_WANTED = ("mine", "other", "refused")


@dataclass(frozen=True)
class Mentioned:
    """A place of a message and the part it plays there. `start`, `end`: its words (end excluded) among those of the message."""

    place: Place
    part: Part
    start: int
    end: int


@dataclass(frozen=True)
class Mentions:
    """`named`: the places, in order; `region`: all of Normandy is said; `rest`: the words of the message without its places;
    `wanted`: those without what somebody is or refuses, as they are meant and as they were typed; `refused`: the words that are
    refused (« pas à distance »)."""

    named: tuple[Mentioned, ...] = ()
    region: bool = False
    rest: str = ""
    wanted: str = ""
    refused: tuple[str, ...] = ()

    def of(self, *parts: Part, kind: str = "") -> tuple[Place, ...]:
        """The places that play one of these parts, each once."""
        held = (item.place for item in self.named if item.part in parts)
        return tuple(dict.fromkeys(place for place in held if kind in ("", place.kind)))


def mentions_in(gazetteer: Gazetteer, text: str) -> Mentions:
    """The places of a message."""
    reading = read(text, _names(gazetteer.names))
    named = [found for mention in reading.places if (found := _mentioned(gazetteer, reading, mention)) is not None]
    taken = {word for mention in reading.places for word in range(mention.start, mention.end)}
    left = [word for word in range(len(reading.words)) if word not in taken]
    rest = " ".join(reading.forms[word] for word in left)
    asked = [word for word in left if role_of(reading, word, word + 1) not in NOT_WANTED]
    wanted = " ".join(form for word in asked for form in dict.fromkeys((reading.forms[word], reading.typed(word))))
    region = any(mention.kind == "region" and not mention.refused for mention in reading.places)
    refused = tuple(" ".join(reading.forms[slice(*span)]) for span in reading.refused)
    return Mentions(tuple(named), region, rest, wanted, refused)


def _mentioned(gazetteer: Gazetteer, reading: Reading, mention: PlaceMention) -> Mentioned | None:
    place = gazetteer.by_code(mention.code) if mention.code else None
    if place is None:
        return None
    refused = mention.refused and not _is_beside_a_refusal(reading, mention)
    lived, far = _is_lived_in(reading, mention), _is_too_far(reading, mention)
    part: Part = "refused" if refused else "lived" if lived else "far" if far else "asked"
    return Mentioned(place, part, mention.start, mention.end)


def _is_too_far(reading: Reading, mention: PlaceMention) -> bool:
    """« Caen c’est loin »: the places are not looked for from there."""
    after = reading.forms[mention.end : mention.end + 4]
    return any(tuple(after[: len(turn)]) == turn for turn in map(run, table("places")["trop_loin"]))


def _is_beside_a_refusal(reading: Reading, mention: PlaceMention) -> bool:
    """« pas à distance à Rouen »: the distance is refused, and not Rouen."""
    spans = (span for span in reading.refused if span[0] < mention.start < span[1])
    others = [run(turn) for turn in table("places")["refus_d_autre_chose"]]
    return any(tuple(reading.forms[start : start + len(turn)]) == turn for start, _ in spans for turn in others)


def _is_lived_in(reading: Reading, mention: PlaceMention) -> bool:
    """« j’habite Gisors », « je suis aide-soignante à Granville », « on est à Sées »."""
    clause = reading.clause_at(mention.start)
    first = max(clause[0], mention.start - LIVED_WITHIN - 2)
    before = [*reading.forms[first : mention.start], *reading.forms[mention.start : mention.end][:1]]
    turns = [run(turn) for turn in table("places")["on_y_habite"]]
    starts = range(len(before))
    return any(tuple(before[start : start + len(turn)]) == turn for turn in turns for start in starts)


@lru_cache(maxsize=4)
def _names(places: PlaceNames) -> Names:
    return Names.of((), places)
