"""The clock, in one place so that tests may move it: always aware, always UTC; Paris only for people's eyes."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def in_paris(instant: datetime) -> datetime:
    """The same instant on a Norman wall clock."""
    return instant.astimezone(PARIS)
