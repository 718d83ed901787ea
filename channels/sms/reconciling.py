"""Compares Twilio's list of messages with ours: an SMS whose webhook never reached us is received all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from twilio.base.exceptions import TwilioRestException

from channels.privacy.erasure import DELETION
from channels.services import Services
from channels.sms.receiving import InboundSms, receive
from channels.store.models import Message, OutboxRow
from channels.telecom.account import TwilioAccount
from clock import now

log = structlog.get_logger(__name__)
EVERY = 900.0  # seconds
_LOOK_BACK = timedelta(hours=24)
_FIRST_TIME = timedelta(hours=1)
_SETTLED = timedelta(minutes=2)  # a younger message may still be on its way to the webhook
_MOST, _PAGE = 20_000, 1000


class Reconciliation:
    """One pass: inbound messages that we lack are received, statuses that we missed are noted."""

    def __init__(self, services: Services, account: TwilioAccount, settled: timedelta = _SETTLED) -> None:
        self._services, self._account, self._settled = services, account, settled

    async def run(self) -> int:
        """Returns how many lost messages were found."""
        since = await self._services.db.read(_since)
        try:
            listed = await self._account.client.messages.list_async(date_sent_after=since.replace(microsecond=0), limit=_MOST,
                                                                    page_size=_PAGE)
        except (TwilioRestException, httpx.HTTPError) as error:  # the next pass looks back a whole day: nothing is lost
            log.warning("reconciliation_failed", error=type(error).__name__)
            return 0
        await self._note_statuses([item for item in listed if str(item.direction).startswith("outbound")])
        inbound = [item for item in listed if item.direction == "inbound" and self._is_due(item, since)]
        known = await self._services.db.read(lambda session: _known(session, [str(item.sid) for item in inbound]))
        lost = sorted((item for item in inbound if item.sid not in known), key=_sent_at)
        for item in lost:
            await receive(self._services, InboundSms(str(item.sid), str(item.from_), (item.body or "").strip(),
                                                     int(item.num_media or 0), received_at=_sent_at(item)))
        if lost:
            log.warning("lost_messages_found", count=len(lost))
        return len(lost)

    def _is_due(self, item: Any, since: datetime) -> bool:
        return since <= _sent_at(item) <= now() - self._settled

    async def _note_statuses(self, sent: Sequence[Any]) -> None:
        for item in sent:
            await self._services.outbox.status(sid=str(item.sid), status=str(item.status),
                                               error_code=str(item.error_code) if item.error_code else None)


def _sent_at(item: Any) -> datetime:
    found = item.date_sent or item.date_created
    return found if isinstance(found, datetime) else now()


def _since(session: Session) -> datetime:
    # A number that served something else before us must not have its old messages answered.
    first = session.scalar(select(func.min(Message.created_at)).where(Message.channel == "sms"))
    return max(now() - _LOOK_BACK, min(first or now(), now() - _FIRST_TIME))


def _known(session: Session, sids: Sequence[str]) -> set[str]:
    stored = {str(row) for row in session.scalars(select(Message.provider_id).where(Message.provider_id.in_(sids)))}
    # What a person had erased may still be on Twilio's list: it must not come back to life.
    erased = {str(payload.get("sid")) for payload in session.scalars(select(OutboxRow.payload).where(OutboxRow.kind == DELETION))}
    return stored | erased
