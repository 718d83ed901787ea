"""Which desk a question of place means, when the sheet that was found is another public’s, or only a condition of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.fold import has_word
from actions.turn import Turn
from actions.understanding.place_question import TABLE, WHERE
from knowledge_base.search.needs.finder import Need

MISSIONS_UNTIL = 25


def desk_needs(turn: Turn, needs: Sequence[Any]) -> list[Any] | None:
    """The needs with the desk that is meant first; None when the one that was found is."""
    if turn.is_button or not needs or turn.found.follow_up or not turn.mentions.of("asked", "lived"):
        return None
    desk = _of_another_age(turn, needs[0]) or _without_what_is_lacked(turn, needs[0]) or _no_school(turn, needs[0])
    if desk is not None:
        return [Need(desk, (WHERE,), 1.0), *(need for need in needs[1:] if need.sheet != desk)]
    if needs[0].sheet in turn.table(TABLE)["networks"] and WHERE not in needs[0].points[:1]:
        return [Need(needs[0].sheet, (WHERE, *needs[0].points), needs[0].sure, share=needs[0].share, named=True), *needs[1:]]
    return None


def _of_another_age(turn: Turn, need: Any) -> str | None:
    """A mission locale is for those under 26."""
    table = turn.table(TABLE)
    old = (turn.get("age") or 0) > MISSIONS_UNTIL
    return str(table["for_adults"]) if old and need.sheet.startswith(table["for_the_young"]) else None


def _without_what_is_lacked(turn: Turn, need: Any) -> str | None:
    """« y a quoi ici pour les jeunes, j’ai pas le permis »: the desk, not the help for the licence."""
    table = turn.table(TABLE)
    lacks = need.sheet in table["conditions"] and has_word(turn.mentions.rest, *table["lacking"])
    return next((key for key in need.others if key in table["desks_of_all"]), None) if lacks and not need.named else None


def _no_school(turn: Turn, need: Any) -> str | None:
    """A kind of school that nobody named: the next desk, or the CIO for a place in a lycée."""
    table = turn.table(TABLE)
    if need.sheet not in table["kinds_of_school"] or need.named or has_word(turn.mentions.rest, *table["school_names"]):
        return None
    if has_word(turn.mentions.rest, *table["lycee_words"]):
        return str(table["for_lycees"])
    return next((key for key in need.others if key in table["desks_of_all"]), None)
