"""Sends the outbox's SMS by Twilio's REST API. Every error is told apart: not sent, never, or perhaps sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session
from twilio.base.exceptions import TwilioRestException

from channels.delivery.outbox import AmbiguousSendError, Job, PermanentSendError, PostponedSend, Sent, TransientSendError
from channels.services import Services
from channels.sms.budget import CODE, Budget
from channels.sms.folding import fold
from channels.sms.quiet import QuietHours
from channels.store.models import OutboxRow
from channels.telecom.account import TwilioAccount
from clock import now

log = structlog.get_logger(__name__)
OPTED_OUT = 21610  # https://www.twilio.com/docs/api/errors/21610
_TOO_MANY = {20429, 14107, 30022}  # « slow down »: nothing was sent
_LOOKED_AT = 50  # messages to the same number that a look-up reads
_A_DAY = timedelta(days=1)
# The request surely never reached Twilio.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class SmsSender:
    """The Sender of kind « sms »."""

    kind = "sms"

    def __init__(self, account: TwilioAccount, services: Services) -> None:
        self._account, self._settings, self._db, self._opt_outs = account, services.settings, services.db, services.opt_outs
        self._quiet, self._budget = QuietHours.parse(services.settings.quiet_hours), Budget(services)

    async def send(self, job: Job) -> Sent:
        """Sends one SMS, unless the person's day or night says otherwise."""
        await self._allowed(job)
        if not self._account.sender:
            raise PermanentSendError("no_sender_number")
        try:
            message = await self._account.client.messages.create_async(
                to=job.to, body=fold(job.body), **self._account.sender, **self._callback(job))
        except TwilioRestException as error:
            raise await self._refused(job, error) from error
        except _NOT_SENT as error:
            raise TransientSendError(type(error).__name__) from error
        except httpx.HTTPError as error:  # a time-out after the request left: it may have been sent
            raise AmbiguousSendError from error
        return Sent(message.sid, str(message.status or "queued"))

    async def look_up(self, job: Job) -> Sent | None:
        """Finds an SMS whose answer was lost: the same body to the same number, that no other row of ours is known to be.

        Raises:
            AmbiguousSendError: Twilio cannot be asked now; it stays unsure.
        """
        try:
            listed = await self._account.client.messages.list_async(to=job.to, limit=_LOOKED_AT)
        except (TwilioRestException, httpx.HTTPError) as error:
            raise AmbiguousSendError from error
        same = [item for item in listed if _is_that(item, job)]
        ours = await self._db.read(lambda session: _known(session, [item.sid for item in same]))
        found = next((item for item in reversed(same) if item.sid not in ours), None)
        log.info("send_looked_up", row=job.id, found=found is not None)
        return Sent(found.sid, str(found.status)) if found else None

    async def _allowed(self, job: Job) -> None:
        # Looked at just before it leaves: STOP may have come after it was written, or before somebody sends it again.
        if not job.payload.get("always") and await self._opt_outs.is_out(job.to):
            raise PermanentSendError("opted_out", blocked=True)
        if job.payload.get("unasked") and (until := self._quiet.until(now())) is not None:
            raise PostponedSend(until)
        if await self._budget.spent(job):
            raise PermanentSendError(CODE, blocked=True)

    def _callback(self, job: Job) -> dict[str, str]:
        # Twilio refuses an address of the loopback; an emulator of the tests lives there.
        if not self._settings.public_url and not self._settings.twilio_api_url:
            return {}
        return {"status_callback": f"{self._settings.public_base}/webhooks/twilio/sms/status?id={job.callback_id}"}

    async def _refused(self, job: Job, error: TwilioRestException) -> Exception:
        status, code = int(error.status), int(error.code or 0)
        log.warning("sms_refused", row=job.id, status=status, code=code)
        if code == OPTED_OUT:
            await self._opt_outs.record(job.to, "stop", str(OPTED_OUT), "twilio")
            return PermanentSendError(str(code), blocked=True)
        if status in {401, 408, 429, 503} or code in _TOO_MANY:
            return TransientSendError(str(code or status))
        if status >= 500:
            return AmbiguousSendError()
        return PermanentSendError(str(code or status))


def _is_that(item: Any, job: Job) -> bool:
    recent = not isinstance(item.date_created, datetime) or item.date_created > now() - _A_DAY
    return item.body == fold(job.body) and str(item.direction).startswith("outbound") and recent


def _known(session: Session, sids: Sequence[str]) -> set[str]:
    return {str(row) for row in session.scalars(select(OutboxRow.provider_sid).where(OutboxRow.provider_sid.in_(sids)))}

