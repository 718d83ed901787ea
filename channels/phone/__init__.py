"""Calls by Twilio: turn by turn through the relay, put through to advisors, transcribed when the caller agrees."""

from __future__ import annotations

from fastapi import APIRouter

from channels.phone import routes, transcription
from channels.phone.port import PhonePort
from channels.ports import PlainPort
from channels.services import Services

__all__ = ["register", "router"]

router = APIRouter()
for part in (routes, transcription):
    router.include_router(part.router)


def register(services: Services) -> None:
    """The thread by SMS of callers who agreed to it; the port of SMS is registered before."""
    services.ports.register("phone", PhonePort(services.ports.get("sms") or PlainPort()))
