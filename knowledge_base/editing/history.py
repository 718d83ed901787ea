"""Who changed what, when, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

import clock
from knowledge_base.models import ChangeRow


@dataclass(frozen=True)
class Change:
    """One change; `by` is an account's id. `undoes` is the number of the change that it took back."""

    number: int
    kind: str
    sheet_id: str
    at: datetime
    by: str
    before: dict[str, Any]
    after: dict[str, Any]
    undoes: int | None = None


def record(connection: Connection, change: dict[str, Any]) -> None:
    """Adds a change to the history, in the caller's transaction."""
    connection.execute(insert(ChangeRow).values(**change, at=clock.now()))


def changes(engine: Engine, kind: str | None = None, sheet_id: str | None = None, limit: int = 50) -> list[Change]:
    """The newest changes, of one sheet or of all."""
    query = select(ChangeRow.__table__).order_by(ChangeRow.number.desc()).limit(limit)
    if kind:
        query = query.where(ChangeRow.kind == kind, ChangeRow.sheet_id == sheet_id)
    with engine.connect() as connection:
        return [_change(dict(row)) for row in connection.execute(query).mappings()]


def change_of(connection: Connection, number: int) -> Change | None:
    """A change by its number."""
    row = connection.execute(select(ChangeRow.__table__).where(ChangeRow.number == number)).mappings().first()
    return _change(dict(row)) if row else None


def latest_number(connection: Connection, kind: str, sheet_id: str) -> int:
    """The number of the newest change of a sheet, 0 when it was never changed: what a form is checked against."""
    query = select(func.max(ChangeRow.number)).where(ChangeRow.kind == kind, ChangeRow.sheet_id == sheet_id)
    return connection.execute(query).scalar() or 0


def _change(row: dict[str, Any]) -> Change:
    if row["at"].tzinfo is None:  # SQLite keeps no zone; what was written is UTC
        row["at"] = row["at"].replace(tzinfo=UTC)
    return Change(**row)
