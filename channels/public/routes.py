"""Every public route, in one router."""

from __future__ import annotations

from fastapi import APIRouter

from channels.public import agenda, calendar, home, knowledge_api, places, sheets, statements

router = APIRouter()
for part in (home, knowledge_api, agenda, calendar, sheets, places, statements):
    router.include_router(part.router)
