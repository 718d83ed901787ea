"""A change of one sheet by one person: checked, written, remembered, recorded, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine

import clock
from knowledge_base.check import claims_in
from knowledge_base.editing.history import change_of, latest_number, record
from knowledge_base.editing.overlay import SHEETS, remember
from knowledge_base.editing.rows import RETIRED, Fields, fields_in, row_with, stored_row
from knowledge_base.errors import CorrectionRefused
from knowledge_base.kinds import Kind
from knowledge_base.meta import bump_corrected
from knowledge_base.sheet_rows import row_of, sheet_of
from knowledge_base.text import fold
from knowledge_base.upsert import upsert
from knowledge_base.validation import InvalidSheet, describe, parse_sheet

# Sheets born in the console: no folder retires them.
COLLECTION = "console"


def correct(engine: Engine, kind: str, sheet_id: str, fields: Mapping[str, Any], by: str, *, seen: int | None = None) -> bool:
    """Sets fields of a sheet (None empties one); False when nothing differs from what it holds.

    `by`: who, an account's id. `seen`: the number of the newest change that the person saw; a newer one means that
    somebody else was faster. Raises CorrectionRefused with a French reason.
    """
    with engine.begin() as connection:
        if seen is not None and latest_number(connection, kind, sheet_id) != seen:
            raise CorrectionRefused("cette fiche a été modifiée entre-temps : comparez avec l’historique avant d’enregistrer")
        return _change(connection, kind, sheet_id, dict(fields), by)


def add_sheet(engine: Engine, kind: Kind, fields: Mapping[str, Any], by: str) -> str:
    """A new sheet of the agency; gives its identifier. Raises CorrectionRefused with a French reason."""
    sheet_id = "-".join(fold(str(fields.get("title") or "")).split())[:100].strip("-")
    if not sheet_id:
        raise CorrectionRefused("il faut un titre")
    with engine.begin() as connection:
        if stored_row(connection, kind, sheet_id) is not None:
            raise CorrectionRefused("une fiche porte déjà ce titre : corrigez-la")
        filled = {name: value for name, value in fields.items() if value is not None}
        try:
            row = row_of(parse_sheet(kind, {**filled, "id": sheet_id}, "own"), COLLECTION)
        except InvalidSheet as error:
            raise CorrectionRefused(_reasons(error)) from error
        _refuse_claims(row)
        upsert(connection, SHEETS, [row])
        record(connection, {"kind": kind, "sheet_id": sheet_id, "by": by, "undoes": None, "before": {RETIRED: True},
                            "after": {**filled, RETIRED: False}})  # fmt: skip
        bump_corrected(connection)
    return sheet_id


def undo(engine: Engine, number: int, by: str) -> bool:
    """Takes a change back. Raises CorrectionRefused when a later one touched the same fields."""
    with engine.begin() as connection:
        change = change_of(connection, number)
        row = stored_row(connection, change.kind, change.sheet_id) if change else None
        if change is None or row is None:
            raise CorrectionRefused("cette modification n’existe pas")
        held = fields_in(row)
        if any(held.get(name) != value for name, value in change.after.items()):
            raise CorrectionRefused("une modification plus récente porte sur les mêmes champs : annulez-la d’abord")
        # Of a sheet that was born then, only its being there is taken back.
        return _change(connection, change.kind, change.sheet_id, dict(change.before), by, undoes=number)


def _change(connection: Connection, kind: str, sheet_id: str, fields: Fields, by: str, undoes: int | None = None) -> bool:
    row = stored_row(connection, kind, sheet_id)
    if row is None:
        raise CorrectionRefused("cette fiche n’existe pas")
    held = fields_in(row)
    after = {name: value for name, value in fields.items() if held.get(name) != value}
    if not after:
        return False
    try:
        written = row_with(row, after)
    except InvalidSheet as error:
        raise CorrectionRefused(_reasons(error)) from error
    _refuse_claims(written)
    before = {name: held.get(name) for name in after}
    upsert(connection, SHEETS, [written])
    remember(connection, kind, sheet_id, before, after)
    record(connection, {"kind": kind, "sheet_id": sheet_id, "by": by, "before": before, "after": after, "undoes": undoes})
    bump_corrected(connection)
    return True


def _refuse_claims(row: Mapping[str, Any]) -> None:
    sheet = sheet_of(row)
    if sheet.source is not None:
        if sheet.source.collected_on > clock.today():
            raise CorrectionRefused("la date de la source est dans le futur")
        return
    for _, reason in claims_in(sheet):
        raise CorrectionRefused(f"{reason} : dites d’où vient l’information")


def _reasons(error: InvalidSheet) -> str:
    return " ; ".join(describe(problem) for problem in error.problems)
