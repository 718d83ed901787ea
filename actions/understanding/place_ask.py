"""What is asked of the places of a course, read from the message, or kept from the answer that « suivant » goes on with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.fold import fold, has_word
from actions.turn import Turn
from actions.understanding.places import known_place
from actions.understanding.wish import diploma_said, wish_of

PLACES = "places"
NEXT_WORDS = 4
NEAR_KM, TOWNS_MOST = 60.0, 4
_OPTION = re.compile(r"\b(?:options?|specialites?|spes?)(?: de| d)? (\w{3,})(?: (?:ou|et)(?: de| d)? (\w{3,}))?")
_WITHIN = re.compile(r"\b(\d{1,3}) ?(?:km|kilometres?)\b")


@dataclass(frozen=True)
class PlaceAsk:
    """`towns`: where it is asked for; `departement`: the one that is named; `start`: how many places were told already;
    `options`: what a lycée must teach beside (« option théâtre ou cinéma »)."""

    towns: tuple[Any, ...] = ()
    departement: str | None = None
    away: tuple[Any, ...] = ()
    rhythm: str | None = None
    boarding: bool | None = None
    diploma: str | None = None
    near_km: float = NEAR_KM
    start: int = 0
    options: tuple[str, ...] = ()

    @property
    def place(self) -> Any:
        """The place from which distances are told."""
        return self.towns[0] if self.towns else None

    def to_slot(self, sheet: str, start: int) -> dict[str, Any]:
        """As the slot keeps it, for the places that follow."""
        codes = {"towns": [place.code for place in self.towns], "away": [place.code for place in self.away]}
        return {"what": PLACES, "sheet": sheet, "start": start, "departement": self.departement, "rhythm": self.rhythm,
                "boarding": self.boarding, "diploma": self.diploma, "near_km": self.near_km, **codes}  # fmt: skip


def place_ask(turn: Turn, sheet: str) -> PlaceAsk:
    """What this message asks of the places of a sheet; the next ones when it goes on with the answer before."""
    kept = _kept(turn, sheet)
    if kept is not None:
        return kept
    wish = wish_of(turn)
    departement = next((place.code for place in turn.mentions.of("asked", kind="departement")), None)
    within = distance_said(turn)
    away = tuple(dict.fromkeys([*turn.mentions.of("refused"), *wish.away_from]))
    towns = tuple(place for place in asked_towns(turn) if place not in away)
    return PlaceAsk(towns, departement, away, wish.rhythm, wish.boarding, diploma_said(turn),
                    within or NEAR_KM, options=options_said(turn))  # fmt: skip


def distance_said(turn: Turn) -> float | None:
    """« à moins de 30 km », in kilometres."""
    found = _WITHIN.search(turn.mentions.rest)
    return float(found.group(1)) if found else None


def options_said(turn: Turn) -> tuple[str, ...]:
    """« option théâtre ou cinéma », « spécialité NSI »: the words of the options or specialities."""
    found = _OPTION.search(turn.mentions.rest)
    typed = {fold(word): word for word in turn.words}
    return tuple(typed.get(word, word) for word in found.groups() if word) if found else ()


def asked_towns(turn: Turn) -> Sequence[Any]:
    """The places named (« Évreux ou Rouen »), else where one lives, else the one in mind; none when the region is meant."""
    asked: tuple[Any, ...] = turn.mentions.of("asked")
    communes = [place for place in asked if place.kind == "commune"]
    lived = turn.mentions.of("lived")
    if communes or lived:
        return (communes or lived)[:TOWNS_MOST]
    if asked:
        return asked[:1]
    known = known_place(turn) if not (turn.mentions.region or turn.mentions.of("refused")) else None
    return [known] if known is not None else []


def goes_on(turn: Turn) -> str | None:
    """The sheet (« kind/id ») whose next places « suivant » asks for."""
    expecting = turn.slots.get("expecting") or {}
    if expecting.get("what") != PLACES or turn.is_button or len(turn.words) > NEXT_WORDS:
        return None
    return str(expecting["sheet"]) if has_word(turn.mentions.rest, *turn.table("place_question")["next_place"]) else None


def _kept(turn: Turn, sheet: str) -> PlaceAsk | None:
    expecting = turn.slots.get("expecting") or {}
    if expecting.get("what") != PLACES or expecting["sheet"] != sheet or not (turn.is_button or goes_on(turn)):
        return None
    towns, away = (tuple(filter(None, map(turn.kb.place, expecting[name]))) for name in ("towns", "away"))
    rest = {name: expecting[name] for name in ("departement", "rhythm", "boarding", "diploma", "near_km", "start")}
    return PlaceAsk(towns, away=away, **rest)
