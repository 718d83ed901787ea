"""Between a `Sheet` and its row in the database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, cast

import clock
from knowledge_base.kinds import Kind
from knowledge_base.schema import Source
from knowledge_base.schema_kinds import FormationData, data_model
from knowledge_base.sheet import Sheet

# Origins whose dates are written by a person.
EDITED = ("own", "shipped")


def row_of(sheet: Sheet, collection: str) -> dict[str, Any]:
    """The row of a sheet, with the hash of its content (what decides whether an import changed it)."""
    dumped = sheet.model_dump(mode="json", exclude={"data", "retired_on", "questions"})
    dumped["questions"] = [item.model_dump(mode="json", exclude_defaults=True) for item in sheet.questions]
    dumped["data"] = sheet.data.model_dump(mode="json", exclude_defaults=True)
    if sheet.origin not in EDITED and dumped["source"]:
        # The day of an import is no change of content: importing the same file tomorrow must change nothing.
        dumped = {**dumped, "source": {**dumped["source"], "collected_on": None}}
    digest = hashlib.sha256(json.dumps(dumped, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    return {
        **dumped,
        "source": sheet.source.model_dump(mode="json") if sheet.source else None,
        "valid_from": sheet.valid_from,
        "valid_until": sheet.valid_until,
        "collected_on": sheet.source.collected_on if sheet.source else None,
        "collection": collection,
        "content_hash": digest,
        "updated_at": clock.now(),
        "retired_on": None,
    }


def sheet_of(row: Mapping[str, Any]) -> Sheet:
    """The sheet of a row (a mapping of the columns of kb_sheet)."""
    kind = cast(Kind, row["kind"])
    return Sheet(
        kind=kind,
        id=row["id"],
        title=row["title"],
        also=row["also"],
        summary=row["summary"],
        rome=row["rome"],
        source=Source.model_validate(row["source"]) if row["source"] else None,
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
        links=row["links"],
        topics=row["topics"],
        publics=row["publics"],
        questions=row["questions"],
        origin=row["origin"],
        retired_on=row["retired_on"],
        data=data_model(kind, row["data"]),
    )


def codes_of(sheet: Sheet) -> set[tuple[str, str]]:
    """(scheme, code) pairs by which sheets of different origins are linked."""
    codes = {("rome", code) for code in sheet.rome}
    if isinstance(sheet.data, FormationData):
        codes |= {("rncp", code) for code in sheet.data.rncp}
        codes |= {("formacode", code) for code in sheet.data.formacodes}
        if sheet.data.certifinfo:
            codes.add(("certifinfo", sheet.data.certifinfo))
    return codes
