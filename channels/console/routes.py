"""Every route of the console, in one router."""

from __future__ import annotations

from fastapi import APIRouter

from channels.console import account, assets, case, conversations, live, login, moves, queue, replies
from channels.console.api import router as api_router

router = APIRouter()
router.include_router(api_router)
for part in (assets, login, live, replies, moves, case, conversations, account, queue):
    router.include_router(part.router)
