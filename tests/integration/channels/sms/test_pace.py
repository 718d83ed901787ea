"""A number that writes without end: told once, kept, never cut off from a person, from safety or from STOP."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from channels.delivery import pace
from channels.services import Services
from clock import now
from tests.integration.channels.conftest import ScriptedEngine
from tests.integration.channels.sms.conftest import Phone, messages


async def flood(services: Services, phone: Phone, count: int) -> None:
    """That many questions, each answered before the next."""
    for number in range(count):
        await phone.texts(f"question {number}")
        await services.relay.recover()


async def test_beyond_thirty_in_ten_minutes_a_number_is_told_once_and_the_engine_left_alone(
    phone: Phone, services: Services, engine: ScriptedEngine
) -> None:
    await flood(services, phone, pace.MOST)
    asked = len(engine.turns)
    await flood(services, phone, 3)
    assert asked == pace.MOST and len(engine.turns) == asked
    told = [body for body in await phone.gets() if "beaucoup de SMS" in body]
    assert len(told) == 1 and "CONSEILLER" in told[0]
    stored = [row for row in await messages(services) if row.author == "citizen"]
    assert [row.failure for row in stored[-3:]] == ["too_many"] * 3 and {row.state for row in stored} == {"answered"}


async def test_a_person_distress_and_stop_get_through_all_the_same(phone: Phone, services: Services) -> None:
    await flood(services, phone, pace.MOST + 1)
    await phone.texts("j'ai envie de mourir")
    assert "3114" in (await phone.gets())[-1]
    await phone.texts("conseiller")
    assert {row.mode for row in [await services.relay.open_thread("sms", "+33612345678")]} <= {"queued", "human", "callback"}
    await phone.texts("STOP")
    assert await services.opt_outs.is_out("+33612345678")


async def test_ten_minutes_later_questions_are_answered_again(
    phone: Phone, services: Services, engine: ScriptedEngine
) -> None:
    await flood(services, phone, pace.MOST + 1)
    asked = len(engine.turns)
    with time_machine.travel(now() + pace.WITHIN + timedelta(seconds=1)):
        await flood(services, phone, 1)
    assert len(engine.turns) == asked + 1
