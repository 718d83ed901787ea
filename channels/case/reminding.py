"""Reminds of promised calls and meetings: the person the day before, the advisor who keeps it just before it begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from channels.case import transitions
from channels.conversation.fanout import QUEUE_TOPIC, News
from channels.conversation.posting import Poster
from channels.conversation.wording import Wording
from channels.delivery.alerting import Alerting
from channels.hours.french_dates import day_label, slot_label
from channels.privacy.masking import speak_phone
from channels.settings import Settings
from channels.store import cases, threads
from channels.store.database import Database, announce
from channels.store.models import Callback, CallbackKind, CallbackState, Case
from clock import in_paris, now

DUE = "callback_due"
_KINDS = {CallbackKind.CALL: "Rappel", CallbackKind.MEETING: "Rendez-vous"}
_TOLD = "person_reminded"
_DAY_BEFORE, _TOO_LATE = timedelta(hours=24), timedelta(hours=2)


class Reminding:
    """`round` is one look at the calendar."""

    def __init__(self, db: Database, settings: Settings, alerting: Alerting, poster: Poster, wording: Wording) -> None:
        self._db, self._alerting, self._poster, self._wording = db, alerting, poster, wording
        self._ahead = timedelta(minutes=settings.remind_minutes)

    async def round(self) -> int:
        """One look; gives how many reminders were made."""
        return await self._each(self._beginning, self._tell_advisor) + await self._each(self._tomorrow, self._tell_person)

    async def _each(self, due: Callable[[Session], Sequence[str]], tell: Callable[[Session, str], bool]) -> int:
        """Chosen in a read, done one by one in writes that look again."""
        return sum([await self._db.write(partial(_one, tell, call_id)) for call_id in await self._db.read(due)])

    def _beginning(self, session: Session) -> Sequence[str]:
        # One that is long past when the service starts again is late, not coming: the page of call-backs shows it.
        instant = now()
        return _planned(session, Callback.reminded_at.is_(None), Callback.starts_at <= instant + self._ahead,
                        Callback.ends_at > instant)

    def _tell_advisor(self, session: Session, call_id: str) -> bool:
        call = session.get(Callback, call_id, with_for_update=True)
        case = session.get(Case, call.case_id) if call else None
        if call is None or case is None or call.reminded_at is not None or call.state != CallbackState.PLANNED:
            return False
        call.reminded_at = now()
        transitions.record(session, case, "callback_reminded")
        self._alerting.callback_due(session, call, _when(call), _KINDS[CallbackKind(call.kind)])
        announce(session, News(QUEUE_TOPIC, DUE, str(call.case_id)))
        return True

    def _tomorrow(self, session: Session) -> Sequence[str]:
        return _planned(session, Callback.starts_at <= now() + _DAY_BEFORE, Callback.starts_at > now() + _TOO_LATE)

    def _tell_person(self, session: Session, call_id: str) -> bool:
        """Where they wrote: nobody who promised it less than a day ahead needs to be told again."""
        call = session.get(Callback, call_id)
        case = session.get(Case, call.case_id) if call else None
        conversation = threads.by_id(session, case.conversation_id, lock=True) if case else None
        if call is None or case is None or conversation is None or call.created_at > call.starts_at - _DAY_BEFORE:
            return False
        slot = call.starts_at.isoformat()
        if any(event.kind == _TOLD and (event.data or {}).get("starts_at") == slot for event in cases.history(session, case.id)):
            return False
        sentence = "handoff.meeting_reminder" if call.kind == CallbackKind.MEETING else "handoff.call_reminder"
        self._poster.post(session, conversation, [self._wording.reply(
            sentence, when=_when(call), phone=speak_phone(call.phone), place=call.place or "")])
        transitions.record(session, case, _TOLD, data={"starts_at": slot})
        return True


def _one(tell: Callable[[Session, str], bool], call_id: str, session: Session) -> bool:
    return tell(session, call_id)


def _planned(session: Session, *conditions: ColumnElement[bool]) -> Sequence[str]:
    return session.scalars(select(Callback.id).where(Callback.state == CallbackState.PLANNED, *conditions)).all()


def _when(call: Callback) -> str:
    return f"{day_label(in_paris(call.starts_at).date())}, {slot_label(call.starts_at, call.ends_at)}"
