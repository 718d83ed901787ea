"""Clocks that jump, and the two nights of daylight saving: opening hours, call-backs and sendings keep their meaning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from channels.hours.week import Hours
from channels.messages import Incoming
from channels.services import Services
from clock import PARIS, in_paris, now
from tests.faults.provider import FileProvider
from tests.integration.channels.talk import sms, web

Helpline = tuple[Services, FileProvider]
# The nights of 2026 and 2027 when clocks change in France.
AUTUMN, SPRING = datetime(2026, 10, 25, tzinfo=PARIS), datetime(2027, 3, 28, tzinfo=PARIS)


@pytest.mark.parametrize("night", [AUTUMN, SPRING])
def test_every_minute_of_the_night_the_helpline_is_closed_and_opens_at_the_same_wall_time(night: datetime) -> None:
    hours = Hours()
    start = (night - timedelta(hours=6)).astimezone(UTC)
    for minutes in range(0, 18 * 60, 7):
        instant = start + timedelta(minutes=minutes)
        assert not hours.is_open(instant), in_paris(instant)
        opening = hours.next_opening(instant)
        assert opening is not None and opening > instant
        assert in_paris(opening).strftime("%H:%M") == in_paris(hours.next_opening(start) or start).strftime("%H:%M")


@pytest.mark.parametrize("night", [AUTUMN, SPRING])
def test_call_back_slots_around_the_night_are_whole_and_at_wall_times(night: datetime) -> None:
    hours = Hours()
    friday = (night - timedelta(days=2)).replace(hour=8)
    days = hours.days(4, friday)
    assert len(days) == 4
    for day in days:
        slots = hours.slots(day, friday)
        assert slots
        for slot in slots:
            assert slot.ends_at > slot.starts_at
            assert in_paris(slot.starts_at).date() == day == in_paris(slot.ends_at).date()
            assert hours.is_open(slot.starts_at)


async def test_a_clock_set_back_an_hour_holds_no_sms_back(helpline: Helpline) -> None:
    services, provider = helpline
    with time_machine.travel(now() + timedelta(hours=1)):
        await sms(services, "bonjour")
    await services.outbox.deliver_due()
    assert len(provider.bodies()) == 1


async def test_a_clock_set_back_in_mid_send_does_not_keep_the_lease_for_an_hour(helpline: Helpline) -> None:
    services, provider = helpline
    with time_machine.travel(now() + timedelta(hours=1)):
        await sms(services, "bonjour")
        await services.db.write(services.outbox._lease)  # a worker that dies now
    await services.outbox.deliver_due()
    assert len(provider.bodies()) == 1


async def test_what_waits_for_an_answer_is_found_again_after_a_clock_was_set_back(helpline: Helpline) -> None:
    services, _ = helpline
    session = await services.chat.open_session()
    with time_machine.travel(now() + timedelta(hours=1)):
        await services.relay.accept(Incoming("web", "bonjour", token=session.token, client_id="k1"))
    assert await services.relay.recover(30) == 1


async def test_the_order_of_a_conversation_is_not_the_clocks(helpline: Helpline) -> None:
    services, _ = helpline
    session = await services.chat.open_session()
    for shift in (3, -3, 0):
        with time_machine.travel(now() + timedelta(hours=shift)):
            await web(services, session, f"décalage {shift}")
    said = [item.text for item in (await services.chat.events(session.session_id)).messages if item.author == "citizen"]
    assert said == ["décalage 3", "décalage -3", "décalage 0"]
