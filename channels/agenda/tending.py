"""The care of sign-ups: reminders the day before, calls that nobody answered, sessions that are cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.agenda import places
from channels.agenda.places import FindSession
from channels.agenda.telling import SignUpTelling
from channels.store.database import Database
from channels.store.models import SignUp
from channels.store.sign_up import LIVE, SignUpState
from clock import now
from knowledge_base.agenda.store import Session as Dated

EVERY = 60.0  # seconds between two looks
_DAY_BEFORE, _TOO_LATE = timedelta(hours=24), timedelta(hours=2)


class SignUpTending:
    """`round` is one look."""

    def __init__(self, db: Database, telling: SignUpTelling, find: FindSession) -> None:
        self._db, self._telling, self._find = db, telling, find

    async def round(self) -> None:
        """Reminds, ends what was not answered, fills places that nobody holds, tells of a session that is cancelled."""
        await self._db.write(self._lapse)
        await self._each(_tomorrow, self._remind)
        for session_id in await self._db.read(_coming_sessions):
            dated = await asyncio.to_thread(self._find, session_id)
            if dated is not None:
                await self._db.write(partial(self._drop if dated.is_cancelled else self._fill, dated))

    async def _each(self, due: Callable[[Session], Sequence[str]], tell: Callable[[str, Session], None]) -> None:
        for row_id in await self._db.read(due):
            await self._db.write(partial(tell, row_id))

    def _remind(self, row_id: str, session: Session) -> None:
        row = session.get(SignUp, row_id, with_for_update=True)
        if row is not None and row.reminded_at is None and row.state == SignUpState.SIGNED:
            row.reminded_at = now()
            self._telling.write(session, row, "reminder")

    def _lapse(self, session: Session) -> None:
        for row in places.lapsed(session):
            called_up = places.leave(session, row, SignUpState.LAPSED)
            self._telling.write(session, row, "offer_lapsed")
            self._telling.call_up(session, called_up)

    def _fill(self, dated: Dated, session: Session) -> None:
        for row in places.fill(session, dated):
            self._telling.call_up(session, row)

    def _drop(self, dated: Dated, session: Session) -> None:
        for row in places.of_session(session, dated.id):
            row.state, row.offered_until = SignUpState.DROPPED, None
            self._telling.write(session, row, "session_cancelled")


def _tomorrow(session: Session) -> Sequence[str]:
    return session.scalars(select(SignUp.id).where(
        SignUp.state == SignUpState.SIGNED, SignUp.reminded_at.is_(None), SignUp.starts_at <= now() + _DAY_BEFORE,
        SignUp.starts_at > now() + _TOO_LATE, SignUp.created_at <= now() - _TOO_LATE)).all()


def _coming_sessions(session: Session) -> Sequence[str]:
    return session.scalars(select(SignUp.session_id).where(SignUp.state.in_(LIVE), SignUp.starts_at > now()).distinct()).all()
