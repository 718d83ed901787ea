"""Deletes at Twilio what a person asked us to erase: their messages, calls, recordings and transcripts, and ours to them."""

from __future__ import annotations

import httpx
from twilio.base.exceptions import TwilioRestException

from channels.delivery.outbox import Job, PermanentSendError, Sent, TransientSendError
from channels.privacy.erasure import DELETION
from channels.telecom.account import TwilioAccount

_NOT_FINISHED = {20009, 30033}  # a message still on its way cannot be deleted yet


class ProviderDeletion:
    """The Sender of deletions. `payload`: {"sid", "channel"}."""

    kind = DELETION

    def __init__(self, account: TwilioAccount) -> None:
        self._client = account.client

    async def send(self, job: Job) -> Sent:
        """Deletes one record; what is already gone counts as done."""
        try:
            await self._delete(str(job.payload.get("sid", "")))
        except TwilioRestException as error:
            if error.status != 404:
                raise _as_ours(error) from error
        except httpx.HTTPError as error:
            raise TransientSendError(type(error).__name__) from error
        return Sent(None, "delivered")

    async def _delete(self, sid: str) -> None:
        if not sid.startswith("CA"):
            await self._client.messages(sid).delete_async()
            return
        # We record nothing; a recording that the account's settings made hangs on the call and outlives it.
        for recording in await self._client.recordings.list_async(call_sid=sid, limit=50):
            for transcript in await self._client.recordings(recording.sid).transcriptions.list_async(limit=50):
                await self._client.transcriptions(transcript.sid).delete_async()
            await self._client.recordings(recording.sid).delete_async()
        await self._client.calls(sid).delete_async()

    async def look_up(self, job: Job) -> Sent | None:
        """Deleting twice does no harm."""
        return None


def _as_ours(error: TwilioRestException) -> Exception:
    code = int(error.code or 0)
    if error.status in {401, 409, 429} or error.status >= 500 or code in _NOT_FINISHED:
        return TransientSendError(str(code))
    return PermanentSendError(str(code or error.status))
