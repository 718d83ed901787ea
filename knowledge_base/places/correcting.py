"""What the agency corrects of a place: kept apart, laid over every source, surviving each refresh."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Connection, Table, delete, select

import clock
from knowledge_base.errors import CorrectionRefused
from knowledge_base.places.merging import CORRECTABLE
from knowledge_base.places.models import SiteCorrectionRow
from knowledge_base.places.store import bump_places
from knowledge_base.upsert import upsert

CORRECTIONS = cast(Table, SiteCorrectionRow.__table__)


def correct_site(connection: Connection, key: str, values: Mapping[str, Any], by: str) -> None:
    """Keeps corrected fields of a place; None takes a correction back. Raises CorrectionRefused for another field."""
    unknown = sorted(set(values) - set(CORRECTABLE))
    if unknown:
        raise CorrectionRefused(f"champ qui ne se corrige pas ici : {', '.join(unknown)}")
    held = connection.execute(select(CORRECTIONS.c["values"]).where(CORRECTIONS.c.key == key)).scalar() or {}
    kept = {name: value for name, value in {**held, **values}.items() if value is not None}
    connection.execute(delete(CORRECTIONS).where(CORRECTIONS.c.key == key))
    if kept:
        upsert(connection, CORRECTIONS, [{"key": key, "values": kept, "at": clock.now(), "by": by}])
    bump_places(connection)
