"""The two things that a sentence opposes: « BTS ou BUT », « différence entre E2C et EPIDE »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from actions.turn import Turn
from actions.understanding.subjects import EXACT, NAMED, named

_LEAD = re.compile(
    r"^.*?\b(?:diff[ée]rences?|comparer|compare|comparaison|choisir|h[ée]site|mieux)\b"
    r"[^a-zà-ÿ0-9]*(?:entre|faire|vaut|c.est quoi)?\s*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+(?:ou bien|ou|vs|versus|contre|et|par rapport [àa]u?)\s+|\s*/\s*", re.IGNORECASE)
_AND = re.compile(r"\bet\b", re.IGNORECASE)
TAUGHT = ("metier", "formation")
_QUESTION = re.compile(r"[?!.]+\s*")


def two_sides(turn: Turn, kinds: Sequence[str]) -> list[Any]:
    """The sheets of the two sides, in the order of the sentence; fewer when a side names nothing.

    « plutôt X ? » after a trade compares it with the one just spoken of.
    """
    sides = _sides(turn.text)
    if len(sides) < 2:
        found = _from_whole(turn, kinds) if _LEAD.search(turn.text) else []
    else:
        found = [sheet for sheet in (_sheet(turn, side, kinds) for side in sides) if sheet is not None]
    if len(found) == 1 and len(sides) < 2:
        found = _with_remembered(turn, found[0])
    return found[:2]


def named_together(turn: Turn) -> list[Any]:
    """« c’est quoi éducateur spécialisé et infirmier »: two trades, or two courses, joined by « et »; empty otherwise."""
    if not _AND.search(turn.text):
        return []
    found = [sheet for sheet in (_sheet(turn, side, TAUGHT, EXACT) for side in _sides(turn.text)) if sheet is not None]
    return found if len(found) == 2 and found[0].kind == found[1].kind and found[0].id != found[1].id else []


def _sides(text: str) -> list[str]:
    body = _LEAD.sub("", _QUESTION.sub(" ", text)) or text
    return [side for side in _SEPARATOR.split(body) if side.strip()][:2]


def _sheet(turn: Turn, words: str, kinds: Sequence[str], at_least: float = NAMED) -> Any:
    hits = named(turn, kinds, text=words, at_least=at_least)
    return turn.kb.sheet(hits[0].kind, hits[0].id) if hits else None


def _from_whole(turn: Turn, kinds: Sequence[str]) -> list[Any]:
    hits = named(turn, kinds)
    # A sheet may be the comparison itself (« E2C ou EPIDE : quelle différence »).
    kept = hits[:1] if hits and hits[0].score >= EXACT else hits[:2]
    return [turn.kb.sheet(hit.kind, hit.id) for hit in kept]


def _with_remembered(turn: Turn, sheet: Any) -> list[Any]:
    if sheet.kind == "formation" and turn.get("metier") and not turn.get("formation"):
        # « auxiliaire vétérinaire, c'est quoi la différence » after a trade is about the trade of that name.
        sheet = _sheet(turn, turn.text, ["metier"]) or sheet
    remembered = turn.get(sheet.kind) if sheet.kind in ("metier", "formation") else None
    if not remembered or remembered["id"] == sheet.id:
        return [sheet]
    other = turn.kb.sheet(sheet.kind, remembered["id"])
    return [other, sheet] if other is not None else [sheet]
