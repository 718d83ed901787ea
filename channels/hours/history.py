"""The opening hours line by line: what changed between two states, who changed it, and how to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.errors import Invalid
from channels.hours.french_dates import WEEKDAYS
from channels.store.models import SettingChange

OPENING = "opening"
Lines = dict[str, str]
_SHOWN = 30
LABELS = {**{day: day.capitalize() for day in WEEKDAYS}, "closures": "Fermetures", "exceptions": "Ouvertures exceptionnelles",
          "slot": "Durée d'un créneau de rappel (minutes)", "notice": "Délai avant le premier créneau (minutes)"}


@dataclass(frozen=True, slots=True)
class OpeningChange:
    """One change as its page shows it; `by` is an account's id."""

    number: int
    at: datetime
    by: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    undoes: int | None


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Lines, Lines]:
    """The lines that differ, as they were and as they are."""
    names = [name for name in LABELS if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def newest(session: Session) -> int:
    """The number of the newest change; 0 before the first."""
    return session.scalar(select(func.max(SettingChange.number)).where(SettingChange.name == OPENING)) or 0


def record(session: Session, by: str, before: Lines, after: Lines, undoes: int | None = None) -> None:
    """Adds a change to the history, in the caller's transaction."""
    session.add(SettingChange(name=OPENING, by=by, before=before, after=after, undoes=undoes))


def latest(session: Session) -> list[OpeningChange]:
    """The newest changes, newest first."""
    query = select(SettingChange).where(SettingChange.name == OPENING).order_by(SettingChange.number.desc()).limit(_SHOWN)
    return [OpeningChange(row.number, row.at, row.by, row.before, row.after, row.undoes) for row in session.scalars(query)]


def taken_back(session: Session, number: int, held: Mapping[str, str]) -> Lines:
    """All lines as they are without that change.

    Raises:
        Invalid: no such change, or a later one touched the same lines.
    """
    row = session.get(SettingChange, number)
    if row is None or row.name != OPENING:
        raise Invalid("Cette modification n'existe pas.")
    if any(held[name] != value for name, value in row.after.items()):
        raise Invalid("Une modification plus récente porte sur les mêmes lignes : annulez-la d'abord.")
    return {**held, **row.before}
