"""Opening hours as the agency sets them in the console; until then those of the file hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from channels.errors import Invalid
from channels.hours.french_dates import WEEKDAYS
from channels.hours.history import OPENING, OpeningChange, differences, latest, newest, record, taken_back
from channels.hours.week import MINUTES, Hours, OpeningFileError
from channels.messages import Json
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.store import cases
from channels.store.database import Database
from channels.store.models import ServiceSetting
from clock import now


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

    @classmethod
    def from_lines(cls, lines: Mapping[str, str]) -> OpeningForm:
        """The form of the lines of a history."""
        return cls({day: lines[day] for day in WEEKDAYS}, lines["closures"], lines["exceptions"], int(lines["slot"]),
                   int(lines["notice"]))

    def lines(self) -> dict[str, str]:
        """What the history keeps: one text for each day and each field."""
        return {**{day: self.week.get(day, "") for day in WEEKDAYS}, "closures": self.closures, "exceptions": self.exceptions,
                "slot": str(self.slot), "notice": str(self.notice)}

    def data(self) -> Json:
        """What `Hours` takes.

        Raises:
            Invalid: a line that is not « date : heures ».
        """
        if self.slot not in MINUTES["creneau_minutes"] or self.notice not in MINUTES["delai_minutes"]:
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

    async def history(self) -> tuple[list[OpeningChange], dict[str, str]]:
        """(changes, newest first; display names by account)."""
        def work(session: Session) -> tuple[list[OpeningChange], dict[str, str]]:
            found = latest(session)
            return found, cases.names(session, {change.by for change in found})

        return await self._db.read(work)

    async def save(self, who: Principal, form: OpeningForm, seen: int | None = None) -> bool:
        """Holds from now on; False when nothing differs. `seen`: the newest change that the person saw.

        Raises:
            Forbidden: neither editor nor administrator. Invalid: an hour or a date that cannot be read (named), or
                somebody else changed the hours since.
        """
        who.need(who.edits)

        def work(session: Session) -> Json | None:
            if seen is not None and newest(session) != seen:
                raise Invalid("Les horaires ont été modifiés entre-temps : comparez avec l'historique avant d'enregistrer.")
            data = form.data()
            self._check(data)
            return self._keep(session, who, OpeningForm.of(data).lines(), None)

        return self._taken_up(await self._db.write(work))

    async def undo(self, who: Principal, number: int) -> bool:
        """Gives the lines of a change their former values.

        Raises:
            Forbidden: neither editor nor administrator. Invalid: no such change, or a later one touched the same lines.
        """
        who.need(who.edits)
        return self._taken_up(await self._db.write(
            lambda session: self._keep(session, who, taken_back(session, number, self._held(session)), number)))

    def _held(self, session: Session) -> dict[str, str]:
        return OpeningForm.of(_stored(session) or self._hours.data).lines()

    def _keep(self, session: Session, who: Principal, lines: dict[str, str], undoes: int | None) -> Json | None:
        before, after = differences(self._held(session), lines)
        if not after:
            return None
        data = OpeningForm.from_lines(lines).data()
        row = session.get(ServiceSetting, OPENING) or ServiceSetting(name=OPENING)
        row.value, row.changed_by, row.changed_at = data, who.account_id, now()
        session.add(row)
        record(session, who.account_id, before, after, undoes)
        write_audit(session, who.account_id, "opening_changed", "opening", OPENING)
        return data

    def _check(self, data: Json) -> None:
        try:
            self._hours.check(data)
        except OpeningFileError as error:
            raise Invalid(f"Ces horaires ne se lisent pas : {error}.") from error

    def _taken_up(self, data: Json | None) -> bool:
        if data is not None:
            self._hours.use(data)
        return data is not None

    def _use(self, stored: Mapping[str, Any] | None) -> None:
        if stored is not None and stored != self._hours.data:
            self._hours.use(stored)


def _stored(session: Session) -> Mapping[str, Any] | None:
    row = session.get(ServiceSetting, OPENING)
    return row.value if row else None


def _parts(text: str) -> Sequence[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _exception(line: str) -> tuple[str, Sequence[str]]:
    day, colon, spans = line.partition(" : ") if " : " in line else line.partition(" ")
    if not colon:
        raise Invalid(f"Ligne d'ouverture exceptionnelle illisible : « {line.strip()} ».")
    return day.strip(), _parts(spans)
