"""What a message wishes of places: rhythm, boarding, what to keep away from, the diploma that is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.fold import fold, has_word

if TYPE_CHECKING:
    from actions.turn import Turn


@dataclass(frozen=True)
class Wish:
    """`rhythm` as in the offers (initial, apprentissage…); `boarding` when a boarding house is asked for."""

    rhythm: str | None = None
    boarding: bool | None = None
    away_from: Sequence[Any] = ()


def wish_of(turn: Turn) -> Wish:
    """The wish of this message; the rhythm said before still holds."""
    rhythm = turn.get("rhythm")
    words = f"{fold(turn.text)} {turn.mentions.rest}"
    boarding = True if has_word(words, *turn.table("words")["boarding"]) else None
    return Wish(rhythm if rhythm != "indifferent" else None, boarding, turn.found.away_from)


def diploma_said(turn: Turn) -> str | None:
    """« bac pro », « BTS »: the kind of diploma that the words name, the longest first."""
    folded = f" {fold(turn.text)} "
    found = (name for name in sorted(turn.table("words")["diplomas"], key=len, reverse=True) if f" {name} " in folded)
    return next(found, None)
