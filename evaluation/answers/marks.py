"""How one message fared. A mark is True, False, or None when the message or the version has nothing to say about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from evaluation.answers.listed import Listed, Need
from evaluation.answers.outcomes import alarms, offers_a_person, outcome_of
from evaluation.answers.references import Sheets
from evaluation.exchange import Exchange

PLACES = 3  # sheets that people look at


@dataclass(frozen=True)
class Marks:
    """`first`, `three`: a sheet that answers one of the needs came first, among three. `needs`: by need, shown among three a need
    or named in the text. `understood`: by need, the machine understood it so; `points`: of those, with the point that was asked.
    `precise`: what was answered with sheets began with a right one. `out_refused`: what is out of scope got no sheet and nobody
    was called. `person`: whoever asked for one is one button away. `alarmed`: the text of distress was given."""

    first: bool | None = None
    three: bool | None = None
    needs: tuple[bool, ...] = ()
    understood: tuple[bool, ...] | None = None
    points: tuple[bool, ...] | None = None
    precise: bool | None = None
    refused: bool | None = None
    asked: bool | None = None
    out_refused: bool | None = None
    person: bool | None = None
    alarmed: bool | None = None


def marks_of(listed: Listed, exchange: Exchange, sheets: Sheets) -> Marks:
    """Marks one played message."""
    return replace(_marks_in(listed, exchange, sheets), alarmed=alarms(exchange) if exchange.is_known else None)


def _marks_in(listed: Listed, exchange: Exchange, sheets: Sheets) -> Marks:
    shown = [sheets.reference(name) for name in exchange.sheets]
    if listed.scope != "person" and not exchange.is_known and not exchange.failure:
        return _untold(listed, exchange, sheets)
    if listed.scope == "out":
        called = exchange.mode not in ("bot", "")
        return Marks(out_refused=not shown and not called and not exchange.failure, precise=False if shown else None)
    if listed.scope == "person":
        return Marks(person=offers_a_person(exchange))
    if not listed.answerable:
        return Marks()
    return _marks_in_scope(listed, exchange, shown, sheets)


def _untold(listed: Listed, exchange: Exchange, sheets: Sheets) -> Marks:
    """What is known of an answer whose sheets nobody can tell."""
    needs = listed.answerable
    return Marks(understood=_understood(needs, exchange, sheets), points=_points(needs, exchange, sheets)) if needs else Marks()


def _marks_in_scope(listed: Listed, exchange: Exchange, shown: Sequence[str], sheets: Sheets) -> Marks:
    needs, outcome = listed.answerable, outcome_of(exchange)
    right = [any(_answers(need, name, sheets) for need in needs) for name in shown]
    found = tuple(_found(need, shown[: PLACES * len(needs)], exchange.text, sheets) for need in needs)
    return Marks(
        first=right[:1] == [True], three=any(right[:PLACES]), needs=found,
        understood=_understood(needs, exchange, sheets), points=_points(needs, exchange, sheets),
        precise=right[0] if right else None, refused=outcome in ("refused", "nothing") and not any(found),
        asked=outcome == "asked" and not any(found))


def _answers(need: Need, name: str, sheets: Sheets) -> bool:
    """True for a sheet of the need, or a course at a place that belongs to it (`formation/x/…`)."""
    wanted = {sheets.reference(sheet) for sheet in need.sheets}
    return any(f"{name}/".startswith(f"{sheet}/") for sheet in wanted)


def _found(need: Need, shown: Sequence[str], text: str, sheets: Sheets) -> bool:
    return any(_answers(need, name, sheets) for name in shown) or any(sheets.is_named(name, text) for name in need.sheets)


def _understood(needs: Sequence[Need], exchange: Exchange, sheets: Sheets) -> tuple[bool, ...] | None:
    told = _told(exchange)
    return None if told is None else tuple(bool(_meant(need, told, sheets)) for need in needs)


def _points(needs: Sequence[Need], exchange: Exchange, sheets: Sheets) -> tuple[bool, ...] | None:
    meant = [(need, _meant(need, _told(exchange) or [], sheets)) for need in needs]
    return tuple(any(need.point in one.get("points", ()) for one in found) for need, found in meant if found) or None


def _told(exchange: Exchange) -> list[dict[str, Any]] | None:
    found: list[dict[str, Any]] | None = (exchange.understood or {}).get("needs")
    return found


def _meant(need: Need, told: Sequence[dict[str, Any]], sheets: Sheets) -> list[dict[str, Any]]:
    return [one for one in told if _answers(need, sheets.reference(str(one.get("sheet", ""))), sheets)]
