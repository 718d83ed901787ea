"""Every route of the advisors' API, in one router."""

from __future__ import annotations

from fastapi import APIRouter

from channels.console.api import cases, events, moves, transcripts

router = APIRouter(prefix="/api/advisor", tags=["advisor"])
for part in (cases, moves, events, transcripts):
    router.include_router(part.router)
