"""The hours when nothing leaves that the person did not ask for (reminders, surveys). Answers leave at any hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from clock import PARIS, in_paris


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end` on Norman wall clocks, usually over midnight; the same hour twice means never."""

    start: time
    end: time

    @classmethod
    def parse(cls, text: str) -> QuietHours:
        """« 20:00-08:30 ».

        Raises:
            ValueError: not two hours.
        """
        first, _, last = text.partition("-")
        return cls(time.fromisoformat(first.strip()), time.fromisoformat(last.strip()))

    def until(self, instant: datetime) -> datetime | None:
        """When sending is polite again (UTC); None when it is now."""
        local = in_paris(instant)
        if not self._is_quiet(local.time()):
            return None
        day = local.date() + timedelta(days=1 if local.time() >= self.end else 0)
        return datetime.combine(day, self.end, PARIS).astimezone(UTC)

    def _is_quiet(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end
