"""Twilio's Real-Time Transcription of a call that an advisor took: kept only when the caller agreed."""

from __future__ import annotations

import structlog
from fastapi import APIRouter, Request, Response

from channels.phone.standing import Standings
from channels.services import Services
from channels.telecom.signature import Signed
from channels.transcripts.live import read_event
from channels.transcripts.live_store import LiveTranscripts

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/webhooks/twilio", tags=["twilio"])


@router.post("/transcription")
async def transcription(request: Request, form: Signed, conversation: str = "") -> Response:
    """An event: words (partial or final), the start, the end, an error. Unknown events are accepted and not read."""
    services: Services = request.app.state.services
    standings = Standings(services.db)
    # The address may have lost its query on the way: the call's own number finds the conversation too.
    thread = conversation or await standings.of_call(form.sid("CallSid"))
    standing = await standings.of(thread) if thread else None
    if standing is None or not standing.transcription:
        log.warning("transcription_dropped", known=standing is not None)
        return Response(status_code=204)
    live = LiveTranscripts(services.db, services.settings.transcript_mask)
    if (said := read_event(form)) is not None:
        await live.add(thread, said)
    elif form.text("TranscriptionEvent") == "transcription-stopped":
        await live.close(thread)
    return Response(status_code=204)
