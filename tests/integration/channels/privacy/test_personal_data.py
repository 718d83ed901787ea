"""A person's rights and the retention periods."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.orm import Session

from channels.errors import NotFound, Unauthorized
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.services import Services
from channels.store.models import Callback, Case, Message
from clock import now
from tests.integration.channels.talk import sms, web


async def test_the_export_holds_what_was_said_and_the_erasure_leaves_nothing(services: Services) -> None:
    await sms(services, "bonjour", sender="+33698765432")
    data = await services.persons.export("06 98 76 54 32")
    assert data["contact"]["phone"] == "+33698765432"
    assert [item["text"] for item in data["conversations"][0]["messages"]] == ["bonjour", "Réponse à bonjour"]
    report = await services.persons.erase("+33698765432")
    assert (report.conversations, report.contacts) == (1, 1)
    with pytest.raises(NotFound):
        await services.persons.export("+33698765432")


async def test_an_erasure_asks_the_provider_to_delete_its_copies(services: Services) -> None:
    await sms(services, "bonjour", sid="SM42")
    await services.persons.erase("+33612345678")
    kinds = await services.db.read(lambda session: [row[0] for row in session.execute(text("SELECT kind FROM outbox"))])
    assert kinds == ["provider_delete"]


async def test_a_stop_outlives_the_erasure(services: Services) -> None:
    await sms(services, "STOP")
    await services.persons.erase("+33612345678")
    assert await services.opt_outs.is_out("+33612345678")


@pytest.mark.any_clock
async def test_the_purge_removes_what_is_old_and_keeps_open_cases(services: Services, advisor: Principal) -> None:
    plain, waiting = await services.chat.open_session(), await services.chat.open_session()
    await web(services, plain, "bonjour")
    await web(services, waiting, "un conseiller")
    with time_machine.travel(now() + timedelta(days=400)):
        removed = await services.retention.apply()
    assert removed["conversations"] == 1
    assert removed["cases"] == 0
    assert len(await services.cases.list(advisor)) == 1


async def a_call_was_made(services: Services) -> None:
    session = await services.chat.open_session()

    def work(row: Session) -> None:
        case = Case(conversation_id=session.session_id, channel="web", state="closed", reason="person")
        row.add(case)
        row.flush()
        row.add(Callback(case_id=case.id, phone="+33639980001", phone_hash="h", starts_at=now(), ends_at=now(), state="done"))

    await services.db.write(work)


async def a_call_was_transcribed(services: Services) -> None:
    session = await services.chat.open_session()
    await services.db.write(lambda row: row.add(Message(
        conversation_id=session.session_id, seq=9, channel="phone", provider_id="import:c0ffee:0", author="citizen", text="allô",
        state="relayed", epoch=0)))


async def somebody_looked(services: Services) -> None:
    await services.db.write(lambda row: write_audit(row, None, "case_seen", "case", "1"))


async def somebody_said_stop(services: Services) -> None:
    await services.opt_outs.record("+33639980001", "stop", "STOP", "sms")


@pytest.mark.parametrize(("kind", "days", "plant"), [
    ("callbacks", 90, a_call_was_made), ("transcripts", 180, a_call_was_transcribed), ("audit", 365, somebody_looked),
    ("opt_outs", 1095, somebody_said_stop)])
async def test_each_kind_goes_when_its_own_time_is_over_and_the_purge_says_so(
    services: Services, kind: str, days: int, plant: Callable[[Services], Awaitable[None]]
) -> None:
    await plant(services)
    # Kept for ever, what it hangs on shows that this kind goes by itself.
    services.settings.keep_conversation_days = services.settings.keep_case_days = 10_000
    for passed, gone in ((days - 1, 0), (days + 1, 1)):
        with time_machine.travel(now() + timedelta(days=passed)):
            assert (await services.retention.apply())[kind] == gone


@pytest.mark.any_clock
async def test_a_session_ends_a_day_after_the_last_message(services: Services) -> None:
    session = await services.chat.open_session()
    with time_machine.travel(now() + timedelta(hours=20)):
        await web(services, session, "toujours là")
    with time_machine.travel(now() + timedelta(hours=40)):
        assert await services.chat.session(session.token)
    with time_machine.travel(now() + timedelta(hours=50)), pytest.raises(Unauthorized):
        await services.chat.session(session.token)


async def test_a_ticket_and_a_link_serve_once(services: Services) -> None:
    answer = await sms(services, "coiffeur")
    link = await services.chat.continuation_link(answer.conversation_id)
    opened = await services.chat.continue_from(link)
    assert (await web(services, opened, "et à Caen ?")).messages
    with pytest.raises(NotFound):
        await services.chat.continue_from(link)
    ticket = await services.chat.ticket(opened.session_id)
    assert await services.chat.redeem(ticket) == opened.session_id
    with pytest.raises(Unauthorized):
        await services.chat.redeem(ticket)


async def test_the_audit_log_says_who_looked(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    case = await services.cases.take_over(advisor, session.session_id)
    await services.cases.get(advisor, case.id)
    supervisor = Principal("x", "S", "superviseur")
    lines = await services.audit.lines(supervisor, target_id=str(case.id))
    assert ("Anne", "case_seen") in [(line.by, line.action) for line in lines]


async def test_news_wake_whoever_waits_for_the_conversation(services: Services) -> None:
    import asyncio

    session = await services.chat.open_session()
    waiting = asyncio.create_task(services.chat.wait_events(session.session_id, 1, 25))
    await asyncio.sleep(0.05)
    await web(services, session, "bonjour")
    events = await asyncio.wait_for(waiting, 60)
    assert events.messages[0].text == "bonjour"
