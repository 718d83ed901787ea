"""Twilio's webhooks for SMS: refused before anything is stored, or stored before it is answered."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from channels.services import Services
from channels.sms.receiving import InboundSms, receive
from channels.telecom.signature import Signed

router = APIRouter(prefix="/webhooks/twilio", tags=["twilio"])
# Nothing is said in this answer: what we say leaves by the outbox, where it survives a crash.
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@router.post("/sms")
async def inbound(request: Request, form: Signed) -> Response:
    """An SMS from a citizen."""
    services: Services = request.app.state.services
    await receive(services, InboundSms.of(form))
    return Response(EMPTY_TWIML, media_type="text/xml")


@router.post("/sms/status")
async def status(request: Request, form: Signed, id: str = "") -> Response:
    """Where one of our SMS is; statuses come in any order and never go backwards."""
    services: Services = request.app.state.services
    state = form.text("MessageStatus", "SmsStatus")
    if state:
        await services.outbox.status(callback_id=id or None, sid=form.text("MessageSid", "SmsSid") or None, status=state,
                                     error_code=form.text("ErrorCode") or None)
    return Response(status_code=204)
