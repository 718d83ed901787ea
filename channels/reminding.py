"""Tells advisors of the calls and meetings that are about to begin: on their screens, and by e-mail to whoever keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels import transitions
from channels.alerting import Alerting
from channels.clock import in_paris, now
from channels.fanout import QUEUE_TOPIC, News
from channels.french_dates import day_label, slot_label
from channels.settings import Settings
from channels.store.database import Database, announce
from channels.store.models import Callback, CallbackKind, CallbackState, Case

DUE = "callback_due"
_KINDS = {CallbackKind.CALL: "Rappel", CallbackKind.MEETING: "Rendez-vous"}


class Reminding:
    """`round` is one look at the calendar."""

    def __init__(self, db: Database, settings: Settings, alerting: Alerting) -> None:
        self._db, self._alerting = db, alerting
        self._ahead = timedelta(minutes=settings.remind_minutes)

    async def round(self) -> int:
        """One look; gives how many calls were announced."""
        due = await self._db.read(self._due)
        return len(await self._db.write(lambda session: self._announce(session, due))) if due else 0

    def _due(self, session: Session) -> Sequence[str]:
        # One that is long past when the service starts again is late, not coming: the page of call-backs shows it.
        return session.scalars(select(Callback.id).where(
            Callback.state == CallbackState.PLANNED, Callback.reminded_at.is_(None), Callback.starts_at <= now() + self._ahead,
            Callback.ends_at > now())).all()

    def _announce(self, session: Session, ids: Sequence[str]) -> list[Callback]:
        calls = [row for row in session.scalars(select(Callback).where(Callback.id.in_(ids)).with_for_update())
                 if row.reminded_at is None and row.state == CallbackState.PLANNED]
        for call in calls:
            call.reminded_at = now()
            case = session.get(Case, call.case_id)
            if case is not None:
                transitions.record(session, case, "callback_reminded")
            self._alerting.callback_due(session, call, _when(call), _KINDS[CallbackKind(call.kind)])
            announce(session, News(QUEUE_TOPIC, DUE, str(call.case_id)))
        return calls


def _when(call: Callback) -> str:
    return f"{day_label(in_paris(call.starts_at).date())}, {slot_label(call.starts_at, call.ends_at)}"
