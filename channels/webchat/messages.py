"""What the person says."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse

from channels.errors import BadRequest
from channels.messages import Incoming
from channels.web.limiting import address_of, spend
from channels.web.rate_limits import MESSAGES, MESSAGES_BY_ADDRESS
from channels.webchat import rendering
from channels.webchat.access import AnyServices, Token, trace
from channels.webchat.schemas import ERRORS, AnswerModel, MessageRequest

router = APIRouter(prefix="/api/chat", responses=ERRORS)
_LONGEST_KEY = 80


@router.post("/messages", response_model=AnswerModel, summary="Envoyer un message")
async def send(request: Request, services: AnyServices, token: Token, body: MessageRequest,
               idempotency_key: Annotated[str | None, Header()] = None) -> Any:
    """Stored once, then answered. The same Idempotency-Key again gives the same answer and does nothing twice."""
    key = _checked(idempotency_key)
    spend(request, MESSAGES, trace(token))
    spend(request, MESSAGES_BY_ADDRESS, address_of(request))
    # The relay checks the token and the length in the transaction that stores the message.
    given = await services.relay.receive(
        Incoming("web", text=body.text or "", action=body.action, token=token, client_id=key, source=trace(address_of(request))))
    return JSONResponse(await rendering.answer(request, given))


def _checked(key: str | None) -> str:
    if not key or len(key) > _LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise BadRequest("L'en-tête Idempotency-Key manque ou n'est pas valable.")
    return key
