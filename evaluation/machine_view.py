"""What the machine understood, when this version can tell: nothing of it is public, so it is looked up beside the helpline.

A running helpline writes an intent and whether it understood into its database; a version that does not, or a helpline
elsewhere, gives nothing, which is shown as « – ».
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from knowledge_base.facade import KnowledgeBase

_DATABASE = "conversations.sqlite3"
_COLUMNS = ("intent", "confidence", "understood", "topic", "failure")


def newest_row(state_dir: Path | None) -> int:
    """The last message that is written so far, 0 when there is none or nobody can look."""
    if state_dir is None or not (state_dir / _DATABASE).exists():
        return 0
    with closing(sqlite3.connect(state_dir / _DATABASE, timeout=30)) as database:
        return int(database.execute("SELECT coalesce(max(rowid), 0) FROM message").fetchone()[0])


def last_understood(state_dir: Path | None, after: int = 0) -> dict[str, Any] | None:
    """What was understood of the newest message of a citizen, written after this row; None when it cannot be known."""
    if state_dir is None or not (state_dir / _DATABASE).exists():
        return None
    with closing(sqlite3.connect(state_dir / _DATABASE, timeout=30)) as database:
        known = {row[1] for row in database.execute("PRAGMA table_info(message)")}
        columns = [name for name in _COLUMNS if name in known]
        if not columns or "author" not in known:
            return None
        wanted = f"SELECT {', '.join(columns)} FROM message WHERE author = 'citizen' AND rowid > ?"  # noqa: S608
        row = database.execute(f"{wanted} ORDER BY rowid DESC LIMIT 1", (after,)).fetchone()
    return None if row is None else _told(dict(zip(columns, row, strict=True)))


def needs_of(knowledge: KnowledgeBase | None, text: str) -> list[dict[str, Any]] | None:
    """The needs that the ranking finds in a first message; None when nobody opened it."""
    if knowledge is None:
        return None
    found = knowledge.needs(text).needs
    return [{"sheet": need.sheet, "points": list(need.points), "sure": round(need.sure, 3)} for need in found]


def _told(row: dict[str, Any]) -> dict[str, Any] | None:
    found = {name: value for name, value in row.items() if value is not None}
    if "understood" in found:
        found["understood"] = bool(found["understood"])
    return found or None
