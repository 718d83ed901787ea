"""Twilio's webhooks for calls. Every one is signed; every answer is TwiML."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.routing import APIRoute

from channels.errors import HelplineError
from channels.phone import twiml
from channels.phone.heard import Heard
from channels.phone.hints import hints
from channels.phone.line import PhoneLine
from channels.phone.standing import Standings
from channels.phone.state import CallState
from channels.phone.twiml import Voice
from channels.phone.withheld import is_withheld
from channels.services import Services
from channels.telecom.signature import Signed, TwilioForm
from channels.transcripts.live_store import LiveTranscripts

log = structlog.get_logger(__name__)


class SpeakingRoute(APIRoute):
    """Whatever breaks, the caller hears a French sentence instead of Twilio's own error; refusals stay refusals."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The route's handler with the net around it."""
        handler = super().get_route_handler()

        async def speaking(request: Request) -> Response:
            try:
                return await handler(request)
            except (HelplineError, HTTPException):
                raise
            except Exception as error:  # the person on the line must not be left with silence
                log.error("call_failed", path=request.url.path, error=type(error).__name__)
                services: Services = request.app.state.services
                voice = Voice(services.settings.phone_voice)
                return _answer(twiml.goodbye(voice, services.sentences.text("phone.fault")))

        return speaking


router = APIRouter(prefix="/webhooks/twilio/voice", tags=["twilio"], route_class=SpeakingRoute)
_NUMBER = re.compile(r"\+[1-9]\d{5,14}")


def line(request: Request) -> PhoneLine:
    """The line, with the hints of the present content."""
    state = request.app.state
    knowledge = getattr(state, "knowledge", None)
    version = knowledge.version if knowledge is not None else ""
    known = getattr(state, "phone_line", None)
    if known is None or known[0] != version:
        known = state.phone_line = (version, PhoneLine(state.services, hints(knowledge)))
    return known[1]


Line = Annotated[PhoneLine, Depends(line)]


def _state(request: Request) -> CallState:
    return CallState.read(request.query_params)


State = Annotated[CallState, Depends(_state)]


def _answer(text: str) -> Response:
    return Response(text, media_type="text/xml")


def _caller(form: TwilioForm) -> str | None:
    found = form.text("From")
    return found if _NUMBER.fullmatch(found) and not is_withheld(found) else None


@router.post("")
async def inbound(form: Signed, phone: Line) -> Response:
    """A call comes in."""
    return _answer(await phone.greet(_caller(form), form.sid("CallSid")))


@router.post("/turn")
async def turn(form: Signed, state: State, phone: Line) -> Response:
    """The caller spoke, pressed a key, or kept silent."""
    return _answer(await phone.turn(state, Heard.of(form), form.sid("CallSid")))


@router.post("/consent")
async def consent(form: Signed, state: State, phone: Line) -> Response:
    """The caller's answer about transcription."""
    heard = Heard.of(form)
    given = heard.text == "1" if heard.keys else heard.is_a("yes") and not heard.unsure
    return _answer(await phone.transfers.consented(state, given, "key" if heard.keys else "voice"))


@router.post("/whisper")
async def whisper(form: Signed, state: State, phone: Line) -> Response:
    """The advisor picked up: the summary, to them alone."""
    return _answer(await phone.transfers.whisper(state))


@router.post("/whispered")
async def whispered(form: Signed, state: State) -> Response:
    """The advisor pressed a key: 1 joins the call, anything else leaves it."""
    return _answer(twiml.nothing() if form.text("Digits") == "1" else twiml.hang_up())


@router.post("/dialed")
async def dialed(request: Request, form: Signed, state: State, phone: Line) -> Response:
    """The call with the advisor is over, or never was: then a call-back is proposed at once."""
    services: Services = request.app.state.services
    bridged, ended = form.text("DialBridged").lower(), form.text("DialCallStatus")
    joined = bridged == "true" or (not bridged and ended == "completed")
    await Standings(services.db).note(state.conversation, "call_bridged" if joined else "call_not_taken",
                                      {"seconds": form.number("DialCallDuration"), "status": ended})
    # Twilio may never say that the transcription stopped: the end of the call does.
    await LiveTranscripts(services.db, services.settings.transcript_mask).close(state.conversation)
    if joined:
        return _answer(await phone.end(state, services.sentences.text("phone.after_advisor")))
    return _answer(await phone.not_taken(state, form.sid("CallSid")))


@router.post("/status")
async def status(request: Request, form: Signed) -> Response:
    """The call ended; whoever was waiting is kept in the queue, with that noted."""
    services: Services = request.app.state.services
    standings, caller = Standings(services.db), _caller(form)
    thread = await standings.of_call(form.sid("CallSid"))
    if not thread and caller:  # hung up during the greeting
        thread = (await services.relay.open_thread("phone", caller)).conversation_id
    if thread and form.text("CallStatus") == "completed":
        await standings.note(thread, "caller_hung_up", {"seconds": form.number("CallDuration")})
        await LiveTranscripts(services.db, services.settings.transcript_mask).close(thread)
    return Response(status_code=204)
