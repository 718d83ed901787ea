"""Writing sheets: in batches, idempotent, never over a sheet of higher rank, retiring what disappeared."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Column, Connection, MetaData, String, Table, delete, exists, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

import clock
from knowledge_base.editing.overlay import SHEETS, lay_over
from knowledge_base.models import SheetCodeRow
from knowledge_base.report import Report
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_rows import codes_of, row_of
from knowledge_base.upsert import upsert

BATCH = 500
# Who may overwrite whom: the agency's own sheet wins over the shipped one, which wins over open data.
RANKS = {"own": 2, "shipped": 1}
CODES = cast(Table, SheetCodeRow.__table__)

Key = tuple[str, str]


class SheetWriter:
    """Writes the sheets of one collection inside the caller's transaction; `finish` retires what was not seen.

    Memory stays bounded: only the current batch is held, what was seen goes to a temporary table.
    """

    def __init__(self, connection: Connection, origin: str, collection: str, report: Report) -> None:
        self.connection, self.origin, self.collection, self.report = connection, origin, collection, report
        self._batch: dict[Key, Sheet] = {}
        self.count = 0
        self._seen = Table(
            "kb_seen",
            MetaData(),
            Column("kind", String(16), primary_key=True),
            Column("id", String(120), primary_key=True),
            prefixes=["TEMPORARY"],
        )
        if self._seen_exists():  # left by an import that was refused on this pooled connection
            self._seen.drop(connection, checkfirst=False)
        self._seen.create(connection, checkfirst=False)

    def _seen_exists(self) -> bool:
        if self.connection.dialect.name == "postgresql":
            found = self.connection.exec_driver_sql("SELECT to_regclass('pg_temp.kb_seen')").scalar()
        else:
            found = self.connection.exec_driver_sql("SELECT 1 FROM sqlite_temp_master WHERE name='kb_seen'").scalar()
        return found is not None

    def add(self, sheet: Sheet) -> None:
        """Queues a sheet; the batch is written when it is full."""
        self._batch[(sheet.kind, sheet.id)] = sheet
        self.count += 1
        if len(self._batch) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Writes the current batch: what is new or changed, and nothing else."""
        if not self._batch:
            return
        batch, self._batch = self._batch, {}
        present = self._present(list(batch))
        rows = [row for sheet in batch.values() if (row := self._row_to_write(sheet, present))]
        upsert(self.connection, SHEETS, rows)
        misfits = lay_over(self.connection, [(row["kind"], row["id"]) for row in rows])
        for kind, sheet_id in misfits:
            self.report.note(f"{kind}/{sheet_id}", None, "la correction faite dans la console ne convient plus à cette fiche")
        self._write_codes([batch[(row["kind"], row["id"])] for row in rows])
        self._mark_seen([{"kind": kind, "id": sheet_id} for kind, sheet_id in batch])

    def _present(self, keys: list[Key]) -> dict[Key, Any]:
        columns = (SHEETS.c.kind, SHEETS.c.id, SHEETS.c.origin, SHEETS.c.collection, SHEETS.c.content_hash,
                   SHEETS.c.retired_on)  # fmt: skip
        found = self.connection.execute(select(*columns).where(tuple_(SHEETS.c.kind, SHEETS.c.id).in_(keys)))
        return {(row.kind, row.id): row for row in found}

    def _row_to_write(self, sheet: Sheet, present: dict[Key, Any]) -> dict[str, Any] | None:
        old = present.get((sheet.kind, sheet.id))
        row = row_of(sheet, self.collection)
        if old is None:
            self.report.added += 1
            return row
        if old.retired_on is None and RANKS.get(old.origin, 0) > RANKS.get(self.origin, 0):
            self.report.kept += 1
            return None
        if (old.content_hash, old.retired_on) == (row["content_hash"], None):
            self.report.unchanged += 1
            return row if old.collection != self.collection else None
        if old.retired_on is None:
            self.report.changed += 1
        else:
            self.report.added += 1
        return row

    def _write_codes(self, sheets: list[Sheet]) -> None:
        if not sheets:
            return
        keys = [(sheet.kind, sheet.id) for sheet in sheets]
        self.connection.execute(delete(CODES).where(tuple_(CODES.c.kind, CODES.c.id).in_(keys)))
        rows = [
            {"scheme": scheme, "code": code, "kind": sheet.kind, "id": sheet.id}
            for sheet in sheets
            for scheme, code in sorted(codes_of(sheet))
        ]
        if rows:
            self.connection.execute(insert(CODES), rows)

    def spare(self, keys: set[Key]) -> None:
        """Marks sheets as seen although they were not written: a mistake in a file must not retire a sheet."""
        rows = [{"kind": kind, "id": sheet_id[:120]} for kind, sheet_id in sorted(keys)]
        self._mark_seen(rows)

    def _mark_seen(self, rows: list[dict[str, str]]) -> None:
        if rows:
            dialect: Any = postgresql if self.connection.dialect.name == "postgresql" else sqlite
            self.connection.execute(dialect.insert(self._seen).on_conflict_do_nothing(), rows)

    def finish(self, *, retire: bool = True) -> None:
        """Writes the rest and retires (never deletes) the sheets of this collection that were not seen."""
        self.flush()
        if retire:
            self._retire()
        self._seen.drop(self.connection, checkfirst=False)

    def _retire(self) -> None:
        gone = (
            update(SHEETS)
            .where(SHEETS.c.origin == self.origin, SHEETS.c.collection == self.collection)
            .where(SHEETS.c.retired_on.is_(None))
            .where(~exists().where(self._seen.c.kind == SHEETS.c.kind, self._seen.c.id == SHEETS.c.id))
        )
        self.report.retired += self.connection.execute(gone.values(retired_on=clock.today())).rowcount
