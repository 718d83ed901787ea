"""Calls by Twilio: turn by turn through the relay, put through to advisors, transcribed when the caller agrees."""

from __future__ import annotations

from channels.phone.routes import router

__all__ = ["router"]
