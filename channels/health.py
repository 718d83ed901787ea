"""Is every part there? Database, engine, actions, search."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import aiohttp
from sqlalchemy import func, select, text

from channels import metrics
from channels.services import Services
from channels.store.models import Alert, AlertState, Case, CaseState, OutboxRow, OutboxState

_PATIENCE = 3.0  # seconds for each part


async def parts(services: Services, search_ready: bool) -> dict[str, bool]:
    """Each part by name, asked side by side."""
    names = ("database", "engine", "actions")
    asked = await asyncio.gather(
        _within(services.db.read(lambda session: session.scalar(text("SELECT 1")) == 1)), _within(services.engine.healthy()),
        _within(_answers(f"{services.settings.actions_base}/health")))
    return {**dict(zip(names, asked, strict=True)), "search": search_ready}


async def refresh_gauges(services: Services) -> None:
    """Counts what waits, for /metrics."""
    waiting, queued, unreached = await services.db.read(lambda session: (
        session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.state == OutboxState.PENDING)),
        session.scalar(select(func.count()).select_from(Case).where(Case.state == CaseState.QUEUED)),
        session.scalar(select(func.count()).select_from(Alert).where(Alert.state == AlertState.FAILED))))
    metrics.OUTBOX_WAITING.set(waiting or 0)
    metrics.QUEUE.set(queued or 0)
    metrics.ALERTS_FAILED.set(unreached or 0)


async def _within(question: Awaitable[bool]) -> bool:
    try:
        return bool(await asyncio.wait_for(question, _PATIENCE))
    except Exception:  # whatever is wrong with a part, the answer is that it is not there
        return False


async def _answers(url: str) -> bool:
    async with aiohttp.ClientSession() as client, client.get(url) as response:
        return response.status == 200
