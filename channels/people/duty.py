"""The rota of those on duty: who is told of distress and of requests that nobody takes. Set by supervisors, read by advisors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from channels.delivery.alerting import Alerting
from channels.delivery.recipients import last_resort, recipients
from channels.errors import Invalid, NotFound
from channels.hours.rota import Shift, gaps, on_duty
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.privacy.masking import is_mobile, read_phone
from channels.settings import Settings
from channels.store import accounts, duties
from channels.store.database import Database
from channels.store.models import Account, Duty
from clock import in_paris, now

_WEEK = 7
_LONGEST_TEAM = 60


@dataclass(frozen=True, slots=True)
class NewShift:
    """What a supervisor asks for: on weekdays (0 = Monday), or on one day; hours as « HH:MM », Paris clock."""

    account_id: str
    starts: str
    ends: str
    weekdays: Sequence[int] = ()
    day: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class ShiftView:
    """One shift on one day. `name`: whose; `replaces`: it is of that day only."""

    id: str
    name: str
    starts: time
    ends: time
    team: str | None
    replaces: bool


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of the week that begins today: its shifts, and the stretches that nobody covers."""

    day: date
    shifts: Sequence[ShiftView]
    gaps: Sequence[tuple[time, time]]


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who would be told now, until when, and whether they can be."""

    name: str
    until: datetime
    team: str | None
    reachable: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """How somebody of the rota, or who may be put into it, is told."""

    id: str
    name: str
    mobile: str | None
    reachable: bool
    in_rota: bool


@dataclass(frozen=True, slots=True)
class Rota:
    """Everything that the page shows. `fallback`: a contact of the settings gets what nobody else can be told."""

    days: Sequence[DayView]
    now: Sequence[OnDuty]
    people: Sequence[PersonView]
    fallback: bool


class DutyRota:
    """Reads and changes the rota."""

    def __init__(self, db: Database, settings: Settings, alerting: Alerting) -> None:
        self._db, self._settings, self.alerting = db, settings, alerting

    async def rota(self, who: Principal) -> Rota:
        """The seven days that begin today."""
        who.need(who.sees_cases)
        return await self._db.read(self._rota)

    async def now(self, who: Principal) -> Sequence[OnDuty]:
        """Who would be told of a case of no team."""
        who.need(who.sees_cases)
        return await self._db.read(lambda session: self._on_duty(session, _accounts(session)))

    async def add(self, who: Principal, new: NewShift) -> None:
        """Puts somebody on duty; days that are over are cleared away.

        Raises:
            Forbidden: not a supervisor. Invalid: no hour, no day, or a day that is over. NotFound: no such advisor.
        """
        who.need(who.supervises)
        rows = _rows(new)

        def work(session: Session) -> None:
            if not _may_be_on_duty(session.get(Account, new.account_id)):
                raise NotFound("Ce compte ne peut pas être d'astreinte.")
            session.execute(delete(Duty).where(Duty.day < in_paris(now()).date()))
            session.add_all(rows)
            write_audit(session, who.account_id, "duty_changed", "duty", new.account_id)

        await self._db.write(work)

    async def remove(self, who: Principal, shift_id: str) -> None:
        """Takes a shift away, on every week.

        Raises:
            Forbidden: not a supervisor. NotFound: it is gone.
        """
        who.need(who.supervises)

        def work(session: Session) -> None:
            row = session.get(Duty, shift_id)
            if row is None:
                raise NotFound("Cette astreinte n'existe plus.")
            write_audit(session, who.account_id, "duty_changed", "duty", row.account_id)
            session.delete(row)

        await self._db.write(work)

    async def set_mobile(self, who: Principal, account_id: str, number: str) -> None:
        """The mobile that gets alerts when this person is on duty; an empty number takes it away. One's own, or by a supervisor.

        Raises:
            Invalid: not a mobile. NotFound: no such account.
        """
        who.need(who.supervises or who.account_id == account_id)
        mobile = read_phone(number) if number.strip() else None
        if number.strip() and (mobile is None or not is_mobile(mobile)):
            raise Invalid("Il faut un numéro de mobile complet, qui reçoit les SMS.")

        def work(session: Session) -> None:
            accounts.need(session, account_id).duty_phone = mobile
            write_audit(session, who.account_id, "duty_mobile_changed", "account", account_id)

        await self._db.write(work)

    async def mobile(self, who: Principal) -> str | None:
        """One's own."""
        return await self._db.read(lambda session: session.scalar(select(Account.duty_phone).where(Account.id == who.account_id)))

    async def trial(self, who: Principal) -> None:
        """Tells whoever is on duty that this is a trial: the alert on every screen says whether it arrived."""
        who.need(who.supervises)
        await self._db.write(lambda session: self.alerting.trial(session) and None)

    def _rota(self, session: Session) -> Rota:
        accounts, shifts = _accounts(session), duties.shifts(session)
        today, names = in_paris(now()).date(), {row.id: row.name for row in accounts}
        days = [_day(today + timedelta(days=ahead), shifts, names) for ahead in range(_WEEK)]
        reached, on = self._reached(accounts), {shift.account_id for shift in shifts}
        people = [PersonView(row.id, row.name, row.duty_phone, row.id in reached, row.id in on) for row in accounts]
        fallback = last_resort(self._settings, self.alerting.sentences) is not None
        return Rota(days, self._on_duty(session, accounts), people, fallback)

    def _on_duty(self, session: Session, accounts: Sequence[Account]) -> list[OnDuty]:
        at, names = in_paris(now()).replace(tzinfo=None), {row.id: row.name for row in accounts}
        covering = [(shift, until) for shift in on_duty(duties.shifts(session), at) if (until := shift.until(at)) is not None]
        reached = self._reached(accounts)
        return [OnDuty(names[shift.account_id], until, shift.team, shift.account_id in reached)
                for shift, until in covering if shift.account_id in names]

    def _reached(self, accounts: Iterable[Account]) -> set[str]:
        return {row.id for row in accounts if recipients(self._settings, [row])}


def _accounts(session: Session) -> list[Account]:
    rows = session.scalars(select(Account).where(Account.active)).all()
    return sorted(filter(_may_be_on_duty, rows), key=lambda row: row.name)


def _may_be_on_duty(account: Account | None) -> bool:
    return account is not None and account.active and Principal(account.id, account.name, account.role).sees_cases


def _day(day: date, shifts: Sequence[Shift], names: dict[str, str]) -> DayView:
    shown = sorted((shift for shift in shifts if shift.is_on(day) and shift.account_id in names), key=lambda shift: shift.starts)
    return DayView(day, [ShiftView(shift.id, names[shift.account_id], shift.starts, shift.ends, shift.team, shift.day is not None)
                         for shift in shown], gaps(shifts, day))


def _rows(new: NewShift) -> list[Duty]:
    """One row a weekday, or one for the day."""
    values = {"account_id": new.account_id, "starts": _hour(new.starts), "ends": _hour(new.ends),
              "team": new.team.strip()[:_LONGEST_TEAM] or None}
    if new.day:
        return [Duty(day=_day_to_come(new.day), **values)]
    if not new.weekdays or set(new.weekdays) - set(range(_WEEK)):
        raise Invalid("Choisissez au moins un jour de la semaine, ou une date.")
    return [Duty(weekday=weekday, **values) for weekday in sorted(set(new.weekdays))]


def _day_to_come(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid("Cette date ne se lit pas.") from error
    if day < in_paris(now()).date():
        raise Invalid("Cette date est passée.")
    return day


def _hour(text: str) -> str:
    try:
        return time.fromisoformat(text.strip()).strftime("%H:%M")
    except ValueError as error:
        raise Invalid("Cette heure ne se lit pas : écrivez par exemple 18:00.") from error
