"""What is wrong with the running service, by name. `alerts.trouble_NAME` says it in French; docs/operations.md what to do."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from prometheus_client import Gauge
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.orm import Session

from channels.delivery.sending import sms_sent
from channels.operation import health, metrics
from channels.services import Services
from channels.settings import Settings
from channels.store.ledger import Ledger
from clock import now

# More than so much of what is counted is trouble (seconds, rows, share of the day's SMS).
LIMITS: dict[str, tuple[Gauge, float]] = {
    "alerts_unsent": (metrics.ALERTS_UNSENT, 0), "alerts_unreached": (metrics.ALERTS_FAILED, 0),
    "unanswered": (metrics.UNANSWERED, 0), "sending_stuck": (metrics.OUTBOX_OLDEST, 300), "sms_budget": (metrics.SMS_SHARE, 0.8)}
DISK_LEAST = 500 * 1024 * 1024
BACKUP_FILE = "backup.json"  # in the state directory: when the last backup was written
_BACKUP_AT_MOST = timedelta(hours=36)


async def found(services: Services) -> set[str]:
    """The names of everything that is wrong now."""
    parts = await health.parts(services, search_ready=True)
    wrong = {name for name, good in parts.items() if not good}
    return wrong | await beside_parts(services, database="database" not in wrong)


async def beside_parts(services: Services, *, database: bool) -> set[str]:
    """What is wrong apart from the parts that readiness asks one by one. `database`: it answers, so that rows can be counted."""
    wrong: set[str] = set()
    if database:
        counted = await services.db.read(lambda session: {**health.waiting(session), **sms_share(session, services.settings)})
        wrong |= {name for name, (gauge, most) in LIMITS.items() if counted[gauge] > most}
    wrong |= set(await asyncio.to_thread(lambda: list(of_machine(services.settings))))
    return wrong | ({"redis"} if services.settings.redis_url and not await redis_answers(services.settings.redis_url) else set())


def of_machine(settings: Settings) -> Iterator[str]:
    """Disk, the folder of erasures, the last backup."""
    if disk_free(settings) < DISK_LEAST:
        yield "disk"
    try:
        Ledger(settings.erasures).check()
    except OSError:
        yield "erasures"
    last = last_backup(settings.state_dir)
    if last is not None and not timedelta(0) <= now() - last <= _BACKUP_AT_MOST:
        yield "backup"


def disk_free(settings: Settings) -> int:
    """Bytes left where the state lies."""
    return shutil.disk_usage(settings.state_dir).free


def last_backup(state_dir: Path) -> datetime | None:
    """When the last backup was written; None when none ever was, or nobody can tell."""
    try:
        return datetime.fromisoformat(json.loads((state_dir / BACKUP_FILE).read_text("ascii"))["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def sms_share(session: Session, settings: Settings) -> dict[Gauge, float]:
    """How much of the day's budget of SMS is spent, from 0 to 1 and beyond; alerts do not count."""
    if not settings.sms_overall_budget:
        return {metrics.SMS_SHARE: 0.0}
    return {metrics.SMS_SHARE: sms_sent(session) / settings.sms_overall_budget}


async def refresh_gauges(services: Services) -> None:
    """Budget of SMS, disk and backup, for /metrics."""
    for gauge, value in (await services.db.read(lambda session: sms_share(session, services.settings))).items():
        gauge.set(value)
    metrics.DISK_FREE.set(await asyncio.to_thread(disk_free, services.settings))
    last = await asyncio.to_thread(last_backup, services.settings.state_dir)
    metrics.BACKUP_AGE.set((now() - last).total_seconds() if last else 0)


async def redis_answers(url: str) -> bool:
    """True when Redis says PONG within a second."""
    client = Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1)
    try:
        return bool(await client.ping())
    except RedisError:
        return False
    finally:
        await client.aclose()
