"""Corrections outlive the files: after every load they are laid over what was just written."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Connection, Table, delete, select, tuple_

from knowledge_base.editing.rows import Fields, fields_in, row_with, stored_row
from knowledge_base.models import CorrectionRow, SheetRow
from knowledge_base.upsert import upsert
from knowledge_base.validation import InvalidSheet

SHEETS = cast(Table, SheetRow.__table__)
CORRECTIONS = cast(Table, CorrectionRow.__table__)


def remember(connection: Connection, kind: str, sheet_id: str, before: Fields, after: Fields) -> None:
    """Keeps what a change sets; a field that is again what the file says is no correction any more."""
    row = connection.execute(_of([(kind, sheet_id)])).first()
    values, base = (dict(row.values_), dict(row.base)) if row else ({}, {})
    for name, value in after.items():
        base.setdefault(name, before.get(name))
        values[name] = value
        if base[name] == value:
            del values[name], base[name]
    if values:
        upsert(connection, CORRECTIONS, [{"kind": kind, "id": sheet_id, "values": values, "base": base}])
    else:
        connection.execute(delete(CORRECTIONS).where(CORRECTIONS.c.kind == kind, CORRECTIONS.c.id == sheet_id))


def lay_over(connection: Connection, keys: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Corrects sheets that were just written from a file; gives those whose correction does not fit any more."""
    misfits = []
    for found in connection.execute(_of(keys)).all() if keys else []:
        row = stored_row(connection, found.kind, found.id)
        if row is None:
            continue
        written = fields_in(row)
        try:
            corrected = row_with(row, found.values_)
        except InvalidSheet:
            misfits.append((found.kind, found.id))
            continue
        upsert(connection, SHEETS, [corrected])
        base = {name: written.get(name) for name in found.values_}
        upsert(connection, CORRECTIONS, [{"kind": found.kind, "id": found.id, "values": found.values_, "base": base}])
    return misfits


def _of(keys: list[tuple[str, str]]) -> Any:
    # `values` is also a method of rows: it needs another label.
    columns = (CORRECTIONS.c.kind, CORRECTIONS.c.id, CORRECTIONS.c["values"].label("values_"), CORRECTIONS.c.base)
    return select(*columns).where(tuple_(CORRECTIONS.c.kind, CORRECTIONS.c.id).in_(keys))
