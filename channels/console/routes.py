"""Every route of the console, in one router."""

from __future__ import annotations

from fastapi import APIRouter

from channels.console import (
    account,
    agenda,
    assets,
    callbacks,
    case,
    case_places,
    conversations,
    duty,
    live,
    login,
    moves,
    queue,
    replies,
)
from channels.console.admin import router as admin_router
from channels.console.api import router as api_router
from channels.console.editing import router as editing_router
from channels.console.supervision import router as supervision_router
from channels.console.unknown import router as unknown_router

router = APIRouter()
router.include_router(api_router)
for part in (assets, login, live, replies, moves, case, case_places, conversations, callbacks, duty, account, queue, agenda):
    router.include_router(part.router)
for pages in (supervision_router, unknown_router, editing_router, admin_router):
    router.include_router(pages)
