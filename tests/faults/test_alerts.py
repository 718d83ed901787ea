"""An alert of distress leaves within five seconds, whatever else hangs, is slow, or is being purged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import update

from channels.delivery.outbox import Job, Sent
from channels.services import Services
from channels.store.models import Conversation
from clock import now
from tests.faults.provider import FileProvider
from tests.integration.channels.talk import sms, web
from tests.short import SCALE

ONCALL, SECONDS = "+33611111111", 5.0
WAITING, OLD = 30 * SCALE, 40 * SCALE


class Hanging:
    """A provider that never answers for citizens, and takes what goes to the one on duty."""

    kind = "sms"

    def __init__(self) -> None:
        self.alerts: list[str] = []
        self.told = asyncio.Event()

    async def send(self, job: Job) -> Sent:
        """Hangs, unless it is an alert."""
        if job.to != ONCALL:
            await asyncio.Event().wait()
        self.alerts.append(job.body)
        self.told.set()
        return Sent(f"SM{job.id}")

    async def look_up(self, job: Job) -> Sent | None:
        """Knows nothing."""
        return None


@asynccontextmanager
async def on_duty(services: Services) -> AsyncIterator[Hanging]:
    """The workers run, citizens' SMS hang."""
    services.settings.oncall_sms = ONCALL
    provider = Hanging()
    services.outbox.register(provider)
    for number in range(WAITING):
        await sms(services, "coiffeur", sender=f"+3363998{number:04d}")
    await services.outbox.start()
    await asyncio.sleep(0.2)  # the worker of all that leaves hangs by now
    try:
        yield provider
    finally:
        await services.outbox.stop()


async def danger(services: Services) -> None:
    """Somebody new writes that they want to die."""
    await web(services, await services.chat.open_session(), "je veux mourir")


async def test_it_waits_for_no_provider_that_hangs(helpline: tuple[Services, FileProvider]) -> None:
    services, _ = helpline
    async with on_duty(services) as provider:
        await danger(services)
        await asyncio.wait_for(provider.told.wait(), SECONDS)
    assert len(provider.alerts) == 1


async def test_it_waits_for_no_purge(helpline: tuple[Services, FileProvider]) -> None:
    services, _ = helpline
    for number in range(OLD):
        await sms(services, "ancien", sender=f"+3363997{number:04d}")
    long_ago = now() - timedelta(days=3000)
    await services.db.write(lambda store: store.execute(update(Conversation).values(last_activity_at=long_ago)))
    async with on_duty(services) as provider:
        purge = asyncio.create_task(services.retention.apply(told=True))
        await danger(services)
        await asyncio.wait_for(provider.told.wait(), SECONDS)
        removed = await purge
    assert removed["conversations"] >= OLD


async def test_it_waits_for_no_flood_of_questions(helpline: tuple[Services, FileProvider]) -> None:
    services, _ = helpline
    async with on_duty(services) as provider:
        sessions = [await services.chat.open_session() for _ in range(20)]
        flood = asyncio.gather(*(web(services, session, f"question {number}") for session in sessions for number in range(5)))
        await danger(services)
        await asyncio.wait_for(provider.told.wait(), SECONDS)
        await flood
    assert len(provider.alerts) == 1
