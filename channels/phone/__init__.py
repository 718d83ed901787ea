"""Calls by Twilio: turn by turn through the relay, put through to advisors, transcribed when the caller agrees."""

from __future__ import annotations

from fastapi import APIRouter

from channels.phone import routes, transcription

__all__ = ["router"]

router = APIRouter()
for part in (routes, transcription):
    router.include_router(part.router)
