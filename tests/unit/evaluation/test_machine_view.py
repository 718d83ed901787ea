"""What the machine understood is told when the version keeps it, and is unknown otherwise."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from evaluation.machine_view import last_understood, needs_of, newest_row


def _database(folder: Path, columns: str, *rows: tuple[object, ...]) -> Path:
    with closing(sqlite3.connect(folder / "conversations.sqlite3")) as database, database:
        database.execute(f"CREATE TABLE message ({columns})")
        for row in rows:
            database.execute(f"INSERT INTO message VALUES ({', '.join('?' * len(row))})", row)
    return folder


def test_the_newest_message_of_the_citizen_is_told(tmp_path: Path) -> None:
    rows = [("citizen", "vae", 1), ("citizen", "salutation", 0), ("bot", None, None)]
    told = last_understood(_database(tmp_path, "author, intent, understood", *rows))
    assert told == {"intent": "salutation", "understood": False}


def test_a_message_of_an_earlier_turn_is_not_this_turn_s(tmp_path: Path) -> None:
    folder = _database(tmp_path, "author, intent", ("citizen", "vae"))
    assert newest_row(folder) == 1 and last_understood(folder, after=1) is None
    assert newest_row(None) == newest_row(tmp_path / "ailleurs") == 0


def test_a_version_that_keeps_nothing_gives_nothing(tmp_path: Path) -> None:
    assert last_understood(_database(tmp_path, "author, text", ("citizen", "bonjour"))) is None


def test_a_helpline_elsewhere_gives_nothing(tmp_path: Path) -> None:
    assert last_understood(None) is None and last_understood(tmp_path) is None


def test_needs_are_unknown_to_whoever_has_no_ranking() -> None:
    assert needs_of(None, "devenir coiffeuse") is None
