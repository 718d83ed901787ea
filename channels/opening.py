"""Opening hours as the agency sets them in the console; until then those of the file hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from channels.audit import write_audit
from channels.clock import now
from channels.errors import Invalid
from channels.french_dates import WEEKDAYS
from channels.hours import Hours, OpeningFileError
from channels.messages import Json
from channels.principal import Principal
from channels.store.database import Database
from channels.store.models import ServiceSetting

_NAME = "opening"
_SLOTS, _NOTICES = range(15, 241), range(0, 2881)  # minutes


@dataclass(frozen=True, slots=True)
class OpeningForm:
    """What the page shows and sends: one line a day (« 09:00-12:30, 13:30-17:00 »), one line a closure or exception."""

    week: Mapping[str, str]
    closures: str
    exceptions: str
    slot: int
    notice: int

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> OpeningForm:
        """From what `Hours` uses."""
        week = {day: ", ".join(data["semaine"].get(day) or []) for day in WEEKDAYS}
        exceptions = [f"{day} : {', '.join(spans)}" for day, spans in (data.get("exceptions") or {}).items()]
        return cls(week, "\n".join(map(str, data.get("fermetures") or [])), "\n".join(exceptions),
                   int(data.get("creneau_minutes", 60)), int(data.get("delai_minutes", 60)))

    def data(self) -> Json:
        """What `Hours` takes.

        Raises:
            Invalid: a line that is not « date : heures ».
        """
        if self.slot not in _SLOTS or self.notice not in _NOTICES:
            raise Invalid("Un créneau dure de 15 à 240 minutes ; le délai va de 0 à 2880 minutes.")
        return {"semaine": {day: _parts(self.week.get(day, "")) for day in WEEKDAYS},
                "fermetures": [line.strip() for line in self.closures.splitlines() if line.strip()],
                "exceptions": dict(_exception(line) for line in self.exceptions.splitlines() if line.strip()),
                "creneau_minutes": self.slot, "delai_minutes": self.notice}


class Opening:
    """Reads and changes the hours of a running helpline."""

    def __init__(self, db: Database, hours: Hours) -> None:
        self._db, self._hours = db, hours

    def load_now(self) -> None:
        """At the start: what was set in the console goes before the file."""
        self._use(self._db.read_now(_stored))

    async def load(self) -> None:
        """Again, for what another process changed."""
        self._use(await self._db.read(_stored))

    def form(self) -> OpeningForm:
        """What holds now."""
        return OpeningForm.of(self._hours.data)

    async def save(self, who: Principal, form: OpeningForm) -> None:
        """Holds from now on.

        Raises:
            Forbidden: neither editor nor administrator. Invalid: an hour or a date that cannot be read (named).
        """
        who.need(who.edits)
        data = form.data()
        try:
            self._hours.check(data)
        except OpeningFileError as error:
            raise Invalid(f"Ces horaires ne se lisent pas : {error}.") from error

        def work(session: Session) -> None:
            row = session.get(ServiceSetting, _NAME) or ServiceSetting(name=_NAME)
            row.value, row.changed_by, row.changed_at = data, who.account_id, now()
            session.add(row)
            write_audit(session, who.account_id, "opening_changed", "opening", _NAME)

        await self._db.write(work)
        self._hours.use(data)

    def _use(self, stored: Mapping[str, Any] | None) -> None:
        if stored is not None and stored != self._hours.data:
            self._hours.use(stored)


def _stored(session: Session) -> Mapping[str, Any] | None:
    row = session.get(ServiceSetting, _NAME)
    return row.value if row else None


def _parts(text: str) -> Sequence[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _exception(line: str) -> tuple[str, Sequence[str]]:
    day, colon, spans = line.partition(" : ") if " : " in line else line.partition(" ")
    if not colon:
        raise Invalid(f"Ligne d'ouverture exceptionnelle illisible : « {line.strip()} ».")
    return day.strip(), _parts(spans)
