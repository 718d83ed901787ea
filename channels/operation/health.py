"""Is every part there? Database, engine, actions, search."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta

import aiohttp
from prometheus_client import Gauge
from sqlalchemy import ColumnElement, Select, func, or_, select, text
from sqlalchemy.orm import Session

from channels.delivery.alerting import NOT_OF_PEOPLE
from channels.operation import metrics
from channels.privacy.erasure import DELETION
from channels.services import Services
from channels.store.models import Alert, AlertState, Base, Case, CaseState, Message, MessageState, OutboxRow, OutboxState
from clock import now

_PATIENCE = 3.0  # seconds for each part
_ALERTS_LEAVE = timedelta(minutes=2)


async def parts(services: Services, search_ready: bool) -> dict[str, bool]:
    """Each part by name, asked side by side."""
    names = ("database", "engine", "actions")
    asked = await asyncio.gather(
        _within(services.db.read(lambda session: session.scalar(text("SELECT 1")) == 1)), _within(services.engine.healthy()),
        _within(_answers(f"{services.settings.actions_base}/health")))
    return {**dict(zip(names, asked, strict=True)), "search": search_ready}


async def refresh_gauges(services: Services) -> None:
    """Counts what waits, for /metrics."""
    for gauge, value in (await services.db.read(waiting)).items():
        gauge.set(value)


def waiting(session: Session) -> dict[Gauge, float]:
    """What waits, and since when, in the units of each gauge."""
    instant = now()
    # What was tried in vain is late since it was written, however far away its next try is; what waits for the morning is not.
    late = OutboxRow.state.in_((OutboxState.PENDING, OutboxState.SENDING)), or_(
        OutboxRow.next_attempt_at <= instant, OutboxRow.attempts > 0)
    unsent = Alert.state == AlertState.PENDING, Alert.kind.not_in(NOT_OF_PEOPLE), Alert.created_at < instant - _ALERTS_LEAVE
    failed = OutboxRow.kind == DELETION, OutboxRow.state == OutboxState.FAILED
    unanswered = Message.state == MessageState.RECEIVED, Message.created_at < instant - timedelta(minutes=1)
    queued = Case.state == CaseState.QUEUED
    return {
        metrics.OUTBOX_WAITING: _count(session, OutboxRow, OutboxRow.state == OutboxState.PENDING),
        metrics.OUTBOX_OLDEST: _age(session, select(func.min(OutboxRow.created_at)).where(*late), instant),
        metrics.QUEUE: _count(session, Case, queued),
        metrics.QUEUE_OLDEST: _age(session, select(func.min(Case.queued_at)).where(queued), instant),
        metrics.UNANSWERED: _count(session, Message, *unanswered),
        metrics.ALERTS_UNSENT: _count(session, Alert, *unsent),
        metrics.ALERTS_FAILED: _count(session, Alert, Alert.state == AlertState.FAILED, Alert.kind.not_in(NOT_OF_PEOPLE)),
        metrics.DELETIONS_FAILED: _count(session, OutboxRow, *failed),
    }


def _count(session: Session, table: type[Base], *conditions: ColumnElement[bool]) -> float:
    return float(session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0)


def _age(session: Session, oldest: Select[datetime], instant: datetime) -> float:
    found = session.scalar(oldest)
    return max(0.0, (instant - found).total_seconds()) if found else 0.0


async def _within(question: Awaitable[bool]) -> bool:
    try:
        return bool(await asyncio.wait_for(question, _PATIENCE))
    except Exception:  # whatever is wrong with a part, the answer is that it is not there
        return False


async def _answers(url: str) -> bool:
    async with aiohttp.ClientSession() as client, client.get(url) as response:
        return response.status == 200
