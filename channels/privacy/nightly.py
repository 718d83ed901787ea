"""When the purge runs: once a night at a set hour, by whichever gateway comes first; by day only after a missed night."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from channels.privacy.retention import Retention
from channels.store.database import Database
from channels.store.models import ServiceSetting
from clock import in_paris, now

_NAME = "purge"
_NIGHT = 5  # hours from the set one in which it may begin
_MISSED = timedelta(hours=36)


class NightlyPurge:
    """Asked every few minutes. The day is taken in the database before the work: two gateways never both do it."""

    def __init__(self, db: Database, retention: Retention, hour: int) -> None:
        self._db, self._retention, self._hour = db, retention, hour

    async def round(self) -> None:
        """Purges when it is time."""
        if await self._db.write(self._take):
            await self._retention.apply()

    def _take(self, session: Session) -> bool:
        row = session.get(ServiceSetting, _NAME, with_for_update=True)
        if row is None:  # a new installation: nothing is old, and the first night is to come
            session.add(ServiceSetting(name=_NAME, value={"at": now().isoformat()}))
            return False
        if not is_due(now(), datetime.fromisoformat(row.value["at"]), self._hour):
            return False
        row.value, row.changed_at = {"at": now().isoformat()}, now()
        return True


def is_due(instant: datetime, last: datetime, hour: int) -> bool:
    """Whether a purge that ran at `last` is to run again: at night, once; at any hour when a night was missed."""
    if not timedelta(0) <= instant - last <= _MISSED:  # missed, or the clock was set back
        return True
    hours_into = (in_paris(instant).hour - hour) % 24
    return hours_into < _NIGHT and instant - last > timedelta(hours=_NIGHT)
