"""Repository of the rota: its shifts, and the people behind those who are on duty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.hours.rota import Shift, on_duty
from channels.store.models import Account, Duty
from clock import in_paris


def shifts(session: Session) -> list[Shift]:
    """Every shift of people whose account is active."""
    rows = session.scalars(select(Duty).join(Account, Account.id == Duty.account_id).where(Account.active)).all()
    return [shift_of(row) for row in rows]


def people_on_duty(session: Session, at: datetime, team: str | None) -> Sequence[Account]:
    """The accounts to tell at this instant, each once."""
    wanted = dict.fromkeys(shift.account_id for shift in on_duty(shifts(session), in_paris(at).replace(tzinfo=None), team))
    found = {row.id: row for row in session.scalars(select(Account).where(Account.id.in_(wanted)))}
    return [found[account_id] for account_id in wanted]


def shift_of(row: Duty) -> Shift:
    """From a row."""
    starts, ends = time.fromisoformat(row.starts), time.fromisoformat(row.ends)
    return Shift(row.id, row.account_id, starts, ends, row.weekday, row.day, row.team)
