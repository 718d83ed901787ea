"""Every route of the console, in one router."""

from __future__ import annotations

from fastapi import APIRouter

from channels.console.api import router as api_router

router = APIRouter()
router.include_router(api_router)
