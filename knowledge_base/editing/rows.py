"""Between a stored sheet and its fields as the content files name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from knowledge_base.kinds import Kind
from knowledge_base.models import SheetRow
from knowledge_base.schema import COMMON_FIELDS
from knowledge_base.sheet_rows import row_of, sheet_of
from knowledge_base.validation import parse_sheet

# A field that no file has: true for a sheet that was withdrawn.
RETIRED = "retired"
Fields = dict[str, Any]


def stored_row(connection: Connection, kind: str, sheet_id: str) -> dict[str, Any] | None:
    """The row of a sheet, retired or not; None without one."""
    query = select(SheetRow.__table__).where(SheetRow.kind == kind, SheetRow.id == sheet_id)
    row = connection.execute(query).mappings().first()
    return dict(row) if row else None


def fields_in(row: Mapping[str, Any]) -> Fields:
    """What a row holds, flat, in JSON values; only what is set."""
    sheet = sheet_of(row)
    common = sheet.model_dump(mode="json", include=set(COMMON_FIELDS), exclude_none=True)
    own = sheet.data.model_dump(mode="json", exclude_defaults=True)
    return {**common, **own, RETIRED: row["retired_on"] is not None}


def row_with(row: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same row with these fields (None: emptied). Its hash stays: it tells whether the *file* changed.

    Raises InvalidSheet when the sheet would no longer be valid.
    """
    wanted = {name: value for name, value in {**fields_in(row), **fields}.items() if value is not None}
    retired = bool(wanted.pop(RETIRED, False))
    kind: Kind = row["kind"]
    written = row_of(parse_sheet(kind, wanted, row["origin"]), row["collection"])
    today = written["updated_at"].date()
    return {**written, "content_hash": row["content_hash"], "retired_on": (row["retired_on"] or today) if retired else None}
