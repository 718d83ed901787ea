"""What a person had erased is deleted at Twilio too: messages, calls, recordings and what was transcribed of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from channels import phone as telephone
from channels.services import Services
from channels.store.models import OutboxState
from clock import now
from tests.fixtures.fake_twilio import FakeTwilio
from tests.integration.channels.sms.conftest import CITIZEN, Phone, outbox_rows

CALL = "CA" + "1" * 32
VOICE = "/webhooks/twilio/voice"


@pytest.fixture(autouse=True)
def _telephone(services: Services) -> None:
    telephone.register(services)


async def calls_and_hangs_up(phone: Phone, call: str = CALL) -> None:
    """A person hears the greeting and says nothing."""
    fields = {"CallSid": call, "From": CITIZEN, "To": "+33757000000", "CallStatus": "in-progress"}
    assert (await phone.webhook(VOICE, fields)).status_code == 200


async def erased(services: Services) -> None:
    """An operator erases the person."""
    await services.persons.erase(CITIZEN)
    await services.outbox.deliver_due()


async def test_both_sides_of_an_exchange_of_sms_are_deleted(phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    await phone.texts("bonjour", sid="SM" + "a" * 32)
    await phone.gets()
    ours = [item["sid"] for item in twilio.messages]
    await erased(services)
    assert sorted(twilio.deleted) == sorted(["SM" + "a" * 32, *ours])


async def test_a_call_goes_with_its_recordings_and_their_transcriptions_before_itself(
        phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    twilio.recordings, twilio.transcriptions = {CALL: ["RE1", "RE2"]}, {"RE1": ["TR1"]}
    await calls_and_hangs_up(phone)
    await erased(services)
    assert twilio.deleted == ["TR1", "RE1", "RE2", CALL]


async def test_a_call_of_many_turns_is_deleted_once(phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    await calls_and_hangs_up(phone)
    await calls_and_hangs_up(phone)  # Twilio brings its request again when our answer was late
    thread = await services.relay.open_thread("phone", CITIZEN)
    for turn in range(1, 4):
        await phone.webhook(f"{VOICE}/turn?conversation={thread.conversation_id}&turn={turn}",
                            {"CallSid": CALL, "From": CITIZEN, "SpeechResult": "coiffeur", "Confidence": "0.9"})
    await erased(services)
    assert twilio.deleted == [CALL]
    assert [row.state for row in await outbox_rows(services)] == [OutboxState.SENT]


async def test_what_is_gone_already_is_done_and_what_is_still_on_its_way_waits(
        phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    await calls_and_hangs_up(phone)
    twilio.deleted.append(CALL)
    moving = "SM" + "b" * 32
    await phone.texts("bonjour", sid=moving)
    twilio.refuse[moving] = (400, 20009)
    await erased(services)
    assert (await services.persons.copies()).waiting == 1
    twilio.refuse.clear()
    with time_machine.travel(now() + timedelta(days=1)):
        await services.outbox.deliver_due()
    assert moving in twilio.deleted and (await services.persons.copies()).waiting == 0


async def test_a_deletion_that_twilio_refuses_for_good_is_shown(phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    await calls_and_hangs_up(phone)
    twilio.recordings = {CALL: ["RE1"]}
    twilio.refuse["RE1"] = (403, 20003)
    await erased(services)
    assert (await services.persons.copies()).failed == {CALL: "20003"}
