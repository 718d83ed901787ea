"""Alerts arrive: in a lane of their own, told together when many come, seen by one, kept until somebody takes the case."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import update

from channels.delivery.outbox import Job, Sent
from channels.messages import Incoming
from channels.people.principal import Principal
from channels.services import Services
from channels.store.models import Alert, OutboxRow
from clock import now
from tests.integration.channels.conftest import make_advisor
from tests.integration.channels.talk import sms, web

ONCALL = "+33611111111"


class Slow:
    """A provider that hangs for citizens, and answers for the one on duty."""

    kind = "sms"

    def __init__(self) -> None:
        self.alerts: list[str] = []
        self.hanging = asyncio.Event()

    async def send(self, job: Job) -> Sent:
        if job.to != ONCALL:
            await self.hanging.wait()
        else:
            self.alerts.append(job.body)
        return Sent(f"SM{job.id}")

    async def look_up(self, job: Job) -> Sent | None:
        return None


async def danger(services: Services, source: str | None = None) -> None:
    """Somebody new writes that they want to die."""
    session = await services.chat.open_session()
    await services.relay.receive(
        Incoming("web", "je veux mourir", token=session.token, client_id=session.session_id, source=source)
    )


async def until(wanted: int, found: list[str], seconds: float = 5.0) -> None:
    """Waits for so many alerts, five seconds at most."""
    for _ in range(int(seconds / 0.05)):
        if len(found) >= wanted:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{len(found)} of {wanted} alerts left within {seconds} s")


async def test_an_alert_never_waits_behind_a_provider_that_hangs(services: Services) -> None:
    services.settings.oncall_sms = ONCALL
    provider = Slow()
    services.outbox.register(provider)
    for number in range(30):
        await sms(services, "coiffeur", sender=f"+336123456{number:02}")
    await services.outbox.start()
    await asyncio.sleep(0.2)
    await danger(services)
    await until(1, provider.alerts)
    provider.hanging.set()
    await services.outbox.stop()


async def test_the_first_leaves_at_once_and_those_of_the_next_half_minute_together(services: Services) -> None:
    services.settings.oncall_sms = ONCALL
    provider = Slow()
    services.outbox.register(provider)
    for _ in range(4):
        await danger(services)
    await services.outbox.send_alerts()
    await until(1, provider.alerts)
    await services.db.write(lambda store: store.execute(update(Alert).where(Alert.page_at.is_not(None)).values(page_at=now())))
    await services.outbox.send_alerts()
    await until(2, provider.alerts)
    assert "3 messages de détresse" in provider.alerts[1]


async def test_no_new_conversation_waits_longer_than_half_a_minute(services: Services) -> None:
    services.settings.oncall_sms = ONCALL
    await danger(services)
    await danger(services)
    waits = await services.db.read(lambda store: [row.page_at for row in store.query(Alert) if row.page_at])
    assert len(waits) == 1
    assert waits[0] <= now() + timedelta(seconds=30)


async def test_what_comes_again_from_one_address_is_told_once_in_ten_minutes(services: Services, advisor: Principal) -> None:
    services.settings.oncall_sms = ONCALL
    provider = Slow()
    services.outbox.register(provider)
    for _ in range(20):
        await danger(services, source="an address")
    await services.db.write(lambda store: store.execute(update(Alert).where(Alert.page_at.is_not(None)).values(paged_at=None)))
    await services.outbox.send_alerts()
    await until(1, provider.alerts)
    await asyncio.sleep(0.2)
    assert len(provider.alerts) == 1
    assert len(await services.alerts.open(advisor)) == 20


async def test_seen_by_one_it_stays_for_the_others_until_somebody_takes_the_case(services: Services, advisor: Principal) -> None:
    other = await make_advisor(services, "ines@exemple.fr", "Inès")
    session = await services.chat.open_session()
    await web(services, session, "je veux mourir")
    (alert,) = await services.alerts.open(advisor)
    await services.alerts.acknowledge(advisor, alert.id)
    assert await services.alerts.open(advisor) == []
    assert [item.id for item in await services.alerts.open(other)] == [alert.id]
    await services.cases.claim(other, (await services.cases.list(other))[0].id)
    assert await services.alerts.open(other) == []


class SlowDeletion:
    """The provider's deletions hang."""

    kind = "provider_delete"

    async def send(self, job: Job) -> Sent:
        await asyncio.Event().wait()
        raise AssertionError

    async def look_up(self, job: Job) -> Sent | None:
        return None


class Quick:
    """A provider that takes an SMS at once, except for one number that hangs."""

    kind = "sms"

    def __init__(self, hangs: str = "") -> None:
        self.hangs, self.sent = hangs, list[str]()

    async def send(self, job: Job) -> Sent:
        if job.to == self.hangs:
            await asyncio.Event().wait()
        self.sent.append(job.to)
        return Sent(f"SM{job.id}")

    async def look_up(self, job: Job) -> Sent | None:
        return None


async def test_an_answer_never_waits_behind_a_purge_s_deletions(services: Services) -> None:
    provider = Quick()
    services.outbox.register(provider)
    services.outbox.register(SlowDeletion())
    for number in range(200):
        await services.db.write(lambda store, number=number: store.add(  # type: ignore[misc]
            OutboxRow(kind="provider_delete", lane=f"delete:{number}", payload={"sid": f"SM{number}", "channel": "sms"})))
    await services.outbox.start()
    await asyncio.sleep(0.2)
    await sms(services, "coiffeur")
    await until(1, provider.sent)
    await services.outbox.stop()


async def test_one_send_that_hangs_holds_up_no_other_of_its_batch_nor_the_next(services: Services) -> None:
    provider = Quick(hangs="+33612345600")
    services.outbox.register(provider)
    for number in range(45):
        await sms(services, "coiffeur", sender=f"+336123456{number:02}")
    await services.outbox.start()
    await until(44, provider.sent)
    await services.outbox.stop()
