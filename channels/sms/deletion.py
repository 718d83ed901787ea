"""Deletes at Twilio what a person asked us to erase: their messages and calls, ours to them."""

from __future__ import annotations

import httpx
from twilio.base.exceptions import TwilioRestException

from channels.erasure import DELETION
from channels.outbox import Job, PermanentSendError, Sent, TransientSendError
from channels.sms.account import TwilioAccount

_NOT_FINISHED = {20009, 30033}  # a message still on its way cannot be deleted yet


class ProviderDeletion:
    """The Sender of deletions. `payload`: {"sid", "channel"}; a turn of a call is « CallSid:turn »."""

    kind = DELETION

    def __init__(self, account: TwilioAccount) -> None:
        self._client = account.client

    async def send(self, job: Job) -> Sent:
        """Deletes one record; what is already gone counts as done."""
        sid = str(job.payload.get("sid", "")).partition(":")[0]
        record = self._client.calls(sid) if sid.startswith("CA") else self._client.messages(sid)
        try:
            await record.delete_async()
        except TwilioRestException as error:
            if error.status != 404:
                raise _as_ours(error) from error
        except httpx.HTTPError as error:
            raise TransientSendError(type(error).__name__) from error
        return Sent(None, "delivered")

    async def look_up(self, job: Job) -> Sent | None:
        """Deleting twice does no harm."""
        return None


def _as_ours(error: TwilioRestException) -> Exception:
    code = int(error.code or 0)
    if error.status in {401, 409, 429} or error.status >= 500 or code in _NOT_FINISHED:
        return TransientSendError(str(code))
    return PermanentSendError(str(code or error.status))
