"""What leaves: sent once, refused for good, refused for now, or perhaps sent - each ends in a state that a person can see."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st
from sqlalchemy import select, update

from channels import sms
from channels.delivery import outbox as outbox_module
from channels.errors import Conflict
from channels.messages import Reply
from channels.privacy.crypto import Keyring
from channels.services import Services
from channels.settings import Settings
from channels.sms.receiving import InboundSms, receive
from channels.sms.reconciling import Reconciliation
from channels.store.models import Case, Contact, Conversation, OutboxState
from channels.telecom.account import TwilioAccount
from clock import PARIS, in_paris, now
from tests.fixtures.fake_twilio import FakeTwilio
from tests.integration.channels.conftest import ScriptedEngine, make_advisor
from tests.integration.channels.sms.conftest import CITIZEN, Phone, outbox_rows

STATUS = "/webhooks/twilio/sms/status"
FINAL = {OutboxState.DELIVERED, OutboxState.FAILED, OutboxState.BLOCKED}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox_module, "BACKOFF", (0, 0, 0))


async def test_an_accepted_sms_is_sent_and_its_status_follows(phone: Phone, services: Services) -> None:
    await phone.texts("bonjour")
    await phone.gets()
    (row,) = await outbox_rows(services)
    assert (row.state, row.attempts) == (OutboxState.SENT, 1)
    said = {"MessageSid": str(row.provider_sid), "MessageStatus": "delivered"}
    answer = await phone.webhook(f"{STATUS}?id={row.callback_id}", said)
    assert answer.status_code == 204
    assert (await outbox_rows(services))[0].state == OutboxState.DELIVERED


@pytest.mark.parametrize(("code", "state"), [(21614, "failed"), (21211, "failed"), (21612, "failed"), (21610, "blocked")])
async def test_a_refusal_for_good_is_tried_once_and_shown(
        phone: Phone, services: Services, twilio: FakeTwilio, code: int, state: str) -> None:
    twilio.refuse[CITIZEN] = (400, code)
    await phone.texts("bonjour")
    await phone.gets()
    (row,) = await outbox_rows(services)
    assert (row.state, row.error_code, row.attempts) == (state, str(code), 1)


async def test_a_stop_that_only_twilio_knew_is_learnt(phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    twilio.refuse[CITIZEN] = (400, 21610)
    await phone.texts("bonjour")
    await phone.gets()
    assert await services.opt_outs.is_out(CITIZEN)


async def test_what_failed_is_not_sent_again_after_stop(phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    twilio.refuse[CITIZEN] = (400, 21614)
    await phone.texts("bonjour")
    await phone.gets()
    (failed,) = await outbox_rows(services)
    twilio.refuse.clear()
    await phone.texts("STOP")
    told = await phone.gets()
    advisor = await make_advisor(services, "anne@exemple.fr", "Anne")
    with pytest.raises(Conflict, match="STOP"):
        await services.outbox.retry(advisor, failed.id)
    assert await phone.gets() == told


async def test_a_stop_that_came_while_it_waited_is_seen_just_before_it_leaves(
        phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    await phone.texts("bonjour")
    await services.relay.recover()
    contact = select(Contact)
    await services.db.write(lambda session: setattr(session.scalars(contact).one(), "opted_out_at", now()))
    assert await phone.gets() == []
    (row,) = await outbox_rows(services)
    assert (row.state, row.error_code) == (OutboxState.BLOCKED, "opted_out")


async def test_whoever_is_on_duty_is_told_though_they_once_said_stop(phone: Phone, services: Services) -> None:
    services.settings.oncall_sms = CITIZEN
    await phone.texts("STOP")
    confirmed = await phone.gets()
    await services.db.write(services.handoff.alerting.trial)
    assert len(await phone.gets()) == len(confirmed) + 1


async def test_stop_forty_times_is_confirmed_once(phone: Phone) -> None:
    for _ in range(40):
        await phone.texts("STOP")
    assert len(await phone.gets()) == 1


async def test_who_asks_for_help_after_stop_is_told_a_few_times_an_hour(phone: Phone) -> None:
    await phone.texts("STOP")
    for _ in range(10):
        await phone.texts("AIDE")
    assert len(await phone.gets()) == 4


@pytest.mark.parametrize("code", ["30005", "30006", "30003"])
async def test_what_the_network_refuses_later_is_shown_too(phone: Phone, services: Services, code: str) -> None:
    await phone.texts("bonjour")
    await phone.gets()
    (row,) = await outbox_rows(services)
    await phone.webhook(f"{STATUS}?id={row.callback_id}",
                        {"MessageSid": str(row.provider_sid), "MessageStatus": "undelivered", "ErrorCode": code})
    (row,) = await outbox_rows(services)
    assert (row.state, row.error_code) == (OutboxState.FAILED, code)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_refusal_for_now_is_tried_again_a_bounded_number_of_times(
        phone: Phone, services: Services, twilio: FakeTwilio, status: int) -> None:
    twilio.refuse[CITIZEN] = (status, 0)
    await phone.texts("bonjour")
    await phone.gets()
    (row,) = await outbox_rows(services)
    assert (row.state, row.error_code, row.attempts) == (OutboxState.FAILED, "gave_up", 4)


async def test_when_twilio_cannot_be_reached_the_answer_waits(phone: Phone, services: Services, twilio: FakeTwilio,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox_module, "BACKOFF", (60, 60, 60))
    twilio.down = True
    await phone.texts("bonjour")
    await phone.gets()
    assert (await outbox_rows(services))[0].state == OutboxState.PENDING


async def test_a_time_out_after_the_sms_left_is_looked_up_and_never_sent_twice(
        phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    twilio.lost.add(CITIZEN)
    await phone.texts("bonjour")
    assert len(await phone.gets()) == 1
    (row,) = await outbox_rows(services)
    assert (row.state, row.provider_sid) == (OutboxState.SENT, twilio.messages[0]["sid"])


async def test_a_time_out_before_the_sms_left_is_looked_up_and_sent(phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    twilio.swallowed.add(CITIZEN)
    await phone.texts("bonjour")
    await services.relay.recover()
    leased = await services.db.write(services.outbox._lease)
    await services.outbox._deliver(*leased[0])
    twilio.swallowed.clear()
    assert len(await phone.gets()) == 1
    assert (await outbox_rows(services))[0].state == OutboxState.SENT


async def test_the_same_words_sent_twice_are_two_messages_even_after_a_time_out(
        phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    thread = await services.relay.open_thread("sms", CITIZEN)
    await services.relay.say(thread.conversation_id, Reply("Un."))
    await services.relay.say(thread.conversation_id, Reply("Bien noté."))
    await phone.gets()
    twilio.lost.add(CITIZEN)
    await services.relay.say(thread.conversation_id, Reply("Bien noté."))
    assert (await phone.gets()).count("Bien noté.") == 2
    assert len({row.provider_sid for row in await outbox_rows(services)}) == 3


async def test_a_status_that_comes_before_the_answer_of_the_send_is_kept(
        phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    delivered: list[str] = []
    twilio.on_create = lambda form: delivered.append(form["StatusCallback"])
    await phone.texts("bonjour")
    await phone.gets()
    assert delivered[0].endswith((await outbox_rows(services))[0].callback_id)


async def test_a_status_that_nobody_signed_is_refused(phone: Phone, services: Services) -> None:
    await phone.texts("bonjour")
    await phone.gets()
    (row,) = await outbox_rows(services)
    answer = await phone.client.post(f"{STATUS}?id={row.callback_id}", data={"MessageStatus": "delivered"})
    assert answer.status_code == 403
    assert (await outbox_rows(services))[0].state == OutboxState.SENT


async def test_a_status_of_a_message_we_do_not_know_is_accepted_quietly(phone: Phone) -> None:
    assert (await phone.webhook(f"{STATUS}?id=unknown", {"MessageSid": "SM0", "MessageStatus": "sent"})).status_code == 204
    assert (await phone.webhook(STATUS, {})).status_code == 204


_RANK = {"pending": 0, "sending": 1, "sent": 2, "delivered": 3, "failed": 3, "blocked": 3}


@given(st.lists(st.sampled_from(
    ["accepted", "queued", "sending", "sent", "delivered", "undelivered", "failed", "read", "odd", ""]), max_size=9))
@trials(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_a_status_never_goes_backwards_whatever_the_order_and_the_repetitions(
        phone: Phone, services: Services, statuses: list[str]) -> None:
    thread = await services.relay.open_thread("sms", CITIZEN)
    await services.relay.say(thread.conversation_id, Reply(f"Texte {next(_numbers)}."))
    await phone.gets()
    row = (await outbox_rows(services))[-1]
    reached = [_RANK[row.state]]
    for status in statuses:
        await phone.webhook(f"{STATUS}?id={row.callback_id}", {"MessageSid": str(row.provider_sid), "MessageStatus": status})
        state = (await outbox_rows(services))[-1].state
        reached.append(_RANK[state])
    assert reached == sorted(reached)


_numbers = itertools.count()


@pytest.fixture
async def modest(settings: Settings, engine: ScriptedEngine, keys: Keyring, twilio: FakeTwilio) -> AsyncIterator[Services]:
    """Services that send three SMS a day to a person."""
    opened = Services.open(settings.model_copy(update={"sms_daily_budget": 3}), engine, keys)
    sms.register(opened)
    yield opened
    await opened.stop()


async def test_two_machines_that_answer_each_other_are_stopped_and_a_person_sees_it(modest: Services, twilio: FakeTwilio) -> None:
    for number in range(6):
        await receive(modest, InboundSms(f"SM{number}", CITIZEN, f"Je suis absent, message {number}"))
        await modest.relay.recover()
        await modest.outbox.deliver_due()
    sent = [item["body"] for item in twilio.messages]
    assert len(sent) == 4 and "Un conseiller lira vos messages" in sent[-1]
    assert [row.error_code for row in await outbox_rows(modest)].count("budget") == 3
    (case,) = await modest.db.read(lambda session: session.scalars(select(Case)).all())
    assert (case.state, case.reason) == ("queued", "sms_budget")


async def test_a_person_s_words_numbers_that_help_and_stop_are_outside_of_the_budget(
        modest: Services, twilio: FakeTwilio) -> None:
    for number in range(5):
        await receive(modest, InboundSms(f"SM{number}", CITIZEN, f"message {number}"))
        await modest.relay.recover()
        await modest.outbox.deliver_due()
    advisor = await make_advisor(modest, "anne@exemple.fr", "Anne")
    (case,) = await modest.db.read(lambda session: session.scalars(select(Case)).all())
    await modest.cases.claim(advisor, case.id)
    await modest.cases.reply(advisor, case.id, "Bonjour, je lis vos messages.")
    await receive(modest, InboundSms("SM8", CITIZEN, "j'ai envie de mourir"))
    await modest.outbox.deliver_due()
    await receive(modest, InboundSms("SM9", CITIZEN, "STOP"))
    await modest.outbox.deliver_due()
    said = " ".join(str(item["body"]) for item in twilio.messages[4:])
    assert "je lis vos messages" in said and "3114" in said and "plus de SMS" in said


@pytest.mark.any_clock
async def test_what_was_not_asked_for_waits_for_the_morning_and_holds_nothing_back(
        phone: Phone, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    thread = await services.relay.open_thread("sms", CITIZEN)
    await services.db.write(lambda session: session.execute(
        update(Conversation).values(last_activity_at=now() - timedelta(hours=5))))
    night = datetime.combine(in_paris(now()).date() + timedelta(days=1), time(22), PARIS)
    monkeypatch.setattr("channels.sms.sender.now", lambda: night)
    await services.relay.say(thread.conversation_id, Reply("Le conseiller a terminé cette conversation."))
    assert await phone.gets() == []
    (row,) = await outbox_rows(services)
    assert (row.state, row.attempts) == (OutboxState.PENDING, 0)
    assert row.next_attempt_at == datetime.combine(night.date() + timedelta(days=1), time(8, 30), PARIS)
    await phone.texts("c'est quoi coiffeur ?")
    assert [text.endswith("coiffeur ?") for text in await phone.gets()] == [True]


async def test_an_sms_whose_webhook_never_came_is_found_on_twilio_s_list_and_answered(
        phone: Phone, services: Services, twilio: FakeTwilio) -> None:
    account = TwilioAccount.from_settings(services.settings)
    assert account is not None
    await phone.texts("bonjour", sid="SMknown")
    await phone.gets()
    for sid, age in (("SMknown", 10), ("SMlost1", 9), ("SMlost2", 8), ("SMfresh", 0), ("SMold", 60 * 30)):
        twilio.add(sid=sid, direction="inbound", to="+33757000000", sender=CITIZEN, body=f"message {sid}",
                   age=timedelta(minutes=age))
    reconciliation = Reconciliation(services, account)
    assert await reconciliation.run() == 2
    assert "message SMlost1\nmessage SMlost2" in (await phone.gets())[-1]
    assert await reconciliation.run() == 0
    await account.http.close()


async def test_a_list_that_cannot_be_read_now_is_read_at_the_next_pass(
        services: Services, phone: Phone, twilio: FakeTwilio) -> None:
    account = TwilioAccount.from_settings(services.settings)
    assert account is not None
    twilio.add(sid="SMlost", direction="inbound", to="+33757000000", sender=CITIZEN, body="bonjour", age=timedelta(minutes=5))
    twilio.down = True
    reconciliation = Reconciliation(services, account)
    assert await reconciliation.run() == 0
    twilio.down = False
    assert await reconciliation.run() == 1
    await account.http.close()
