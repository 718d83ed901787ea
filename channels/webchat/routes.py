"""Every route of the web chat, in one router."""

from __future__ import annotations

from fastapi import APIRouter

from channels.webchat import assets, events, messages, pages, sessions, stream

router = APIRouter(tags=["chat"])
for part in (sessions, messages, events, stream, assets, pages):
    router.include_router(part.router)
