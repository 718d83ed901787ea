"""Advisors at work: one owner, no race, every way out of a case."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from channels.case.views import OpenedSession
from channels.errors import AlreadyClaimed, Conflict, Forbidden, Invalid, NotFound
from channels.people.principal import Principal
from channels.services import Services
from clock import now
from tests.integration.channels.conftest import ScriptedEngine, make_advisor
from tests.integration.channels.talk import press, sms, web
from tests.short import SCALE

# 400 in `make soak`.
ROUNDS = 20 * SCALE


async def waiting_case(services: Services) -> tuple[OpenedSession, int]:
    """A citizen in the queue."""
    session = await services.chat.open_session()
    await web(services, session, "je veux parler à un conseiller")
    return session, await services.cases.find_by_conversation(session.session_id) or 0


async def test_of_two_claims_at_the_same_instant_exactly_one_wins_every_time(
        services: Services, advisor: Principal) -> None:
    other = await make_advisor(services, "bruno@exemple.fr", "Bruno")
    for _ in range(ROUNDS):
        _, case_id = await waiting_case(services)
        results = await asyncio.gather(services.cases.claim(advisor, case_id), services.cases.claim(other, case_id),
                                       return_exceptions=True)
        winners = [item for item in results if not isinstance(item, BaseException)]
        losers = [item for item in results if isinstance(item, AlreadyClaimed)]
        assert (len(winners), len(losers)) == (1, 1)
        assert losers[0].owner == winners[0].owner


async def test_the_same_person_twice_at_the_same_instant_has_the_case(services: Services, advisor: Principal) -> None:
    for _ in range(ROUNDS):
        _, case_id = await waiting_case(services)
        rows = await asyncio.gather(services.cases.claim(advisor, case_id), services.cases.claim(advisor, case_id))
        assert [row.owner for row in rows] == [advisor.name, advisor.name]


async def test_claiming_ones_own_case_again_changes_nothing(services: Services, advisor: Principal) -> None:
    _, case_id = await waiting_case(services)
    first = await services.cases.claim(advisor, case_id)
    assert await services.cases.claim(advisor, case_id) == first


async def test_only_the_owner_may_write(services: Services, advisor: Principal) -> None:
    other = await make_advisor(services, "bruno@exemple.fr", "Bruno", role="superviseur")
    _, case_id = await waiting_case(services)
    with pytest.raises(Forbidden):
        await services.cases.reply(advisor, case_id, "trop tôt")
    await services.cases.claim(advisor, case_id)
    with pytest.raises(Forbidden):
        await services.cases.reply(other, case_id, "pas à moi")


async def test_the_citizen_reads_the_advisor_and_the_same_key_writes_once(services: Services, advisor: Principal) -> None:
    session, case_id = await waiting_case(services)
    await services.cases.claim(advisor, case_id)
    first = await services.cases.reply(advisor, case_id, "Bonjour, je vous lis.", idempotency_key="k")
    again = await services.cases.reply(advisor, case_id, "Bonjour, je vous lis.", idempotency_key="k")
    assert first.id == again.id
    events = await services.chat.events(session.session_id, 0)
    assert [message.text for message in events.messages if message.author == "advisor"] == ["Bonjour, je vous lis."]


async def test_editors_see_no_case(services: Services) -> None:
    editor = await make_advisor(services, "eve@exemple.fr", "Eve", role="editeur")
    _, case_id = await waiting_case(services)
    with pytest.raises(Forbidden):
        await services.cases.list(editor)
    with pytest.raises(Forbidden):
        await services.cases.get(editor, case_id)


async def test_the_summary_tells_who_asks_what(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await web(services, session, "coiffeur")
    await web(services, session, "un conseiller svp")
    row = (await services.cases.list(advisor, state="queued"))[0]
    assert row.summary == ("Lycéen ou lycéenne. Demande : le métier de coiffeur. Souhaite : parler à un conseiller.")


async def test_a_transfer_to_a_colleague_changes_the_owner(services: Services, advisor: Principal) -> None:
    other = await make_advisor(services, "bruno@exemple.fr", "Bruno")
    _, case_id = await waiting_case(services)
    await services.cases.claim(advisor, case_id)
    row = await services.cases.transfer(advisor, case_id, "bruno@exemple.fr")
    assert (row.owner, row.state) == ("Bruno", "human")
    with pytest.raises(Forbidden):
        await services.cases.reply(advisor, case_id, "encore moi")
    assert (await services.cases.reply(other, case_id, "À moi.")).author == "advisor"


async def test_a_transfer_to_a_team_goes_back_to_the_queue(services: Services, advisor: Principal) -> None:
    await make_advisor(services, "carla@exemple.fr", "Carla", team="Caen")
    _, case_id = await waiting_case(services)
    await services.cases.claim(advisor, case_id)
    row = await services.cases.transfer(advisor, case_id, "Caen")
    assert (row.owner, row.state, row.team) == (None, "queued", "Caen")
    with pytest.raises((NotFound, Forbidden)):
        await services.cases.transfer(advisor, case_id, "Nulle part")


async def test_returned_closed_and_reopened_cases_show_the_right_mode(services: Services, advisor: Principal) -> None:
    session, case_id = await waiting_case(services)
    await services.cases.claim(advisor, case_id)
    await services.cases.return_to_bot(advisor, case_id)
    assert (await services.chat.session(session.token)).mode == "bot"
    await services.cases.reopen(advisor, case_id)
    assert (await services.chat.session(session.token)).mode == "human"
    await services.cases.close(advisor, case_id, "oriente")
    assert (await services.chat.session(session.token)).mode == "closed"
    with pytest.raises(Invalid):
        await services.cases.close(advisor, case_id, "n'importe quoi")


async def test_a_person_who_writes_soon_after_the_end_finds_the_case_open_again(services: Services, advisor: Principal) -> None:
    session, case_id = await waiting_case(services)
    await services.cases.claim(advisor, case_id)
    await services.cases.close(advisor, case_id, "informe")
    thanks = await web(services, session, "merci beaucoup")
    assert thanks.mode == "closed"
    await services.accounts.present(advisor)
    again = await web(services, session, "j'ai oublié de demander quelque chose")
    assert again.mode == "human"
    assert (await services.cases.get(advisor, case_id)).row.owner == "Anne"


async def test_a_person_who_stops_waiting_leaves_the_queue(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    answer = await web(services, session, "je veux parler à quelqu'un")
    left = await press(services, session, answer, "Ne plus attendre")
    assert left.mode == "bot"
    assert await services.cases.list(advisor, state="queued") == []
    assert len(await services.cases.list(advisor, state="abandoned")) == 1


async def test_while_queued_the_bot_still_answers_and_tells_the_position(services: Services) -> None:
    await waiting_case(services)
    session = await services.chat.open_session()
    answer = await web(services, session, "un conseiller")
    assert "position 2" in answer.messages[0].text
    assert (await web(services, session, "en attendant ?")).messages[0].author == "bot"


async def test_the_history_tells_what_happened_and_by_whom(services: Services, advisor: Principal) -> None:
    _, case_id = await waiting_case(services)
    await services.cases.claim(advisor, case_id)
    await services.cases.note(advisor, case_id, "À rappeler jeudi.")
    await services.cases.snooze(advisor, case_id, now() + timedelta(hours=1))
    detail = await services.cases.get(advisor, case_id)
    assert [(event.kind, event.by) for event in detail.events] == [
        ("queued", None), ("claimed", "Anne"), ("note", "Anne"), ("snoozed", "Anne")]
    assert detail.notes[0].text == "À rappeler jeudi."


async def test_a_case_that_is_over_cannot_be_claimed(services: Services, advisor: Principal) -> None:
    other = await make_advisor(services, "bruno@exemple.fr", "Bruno")
    _, case_id = await waiting_case(services)
    await services.cases.claim(advisor, case_id)
    await services.cases.close(advisor, case_id, "informe")
    with pytest.raises(Conflict):
        await services.cases.claim(other, case_id)
    with pytest.raises(NotFound):
        await services.cases.claim(other, 10**12)


async def test_an_advisors_reply_leaves_by_sms_when_the_person_wrote_by_sms(
        services: Services, advisor: Principal, engine: ScriptedEngine) -> None:
    await sms(services, "conseiller")
    case = (await services.cases.list(advisor))[0]
    await services.cases.claim(advisor, case.id)
    reply = await services.cases.reply(advisor, case.id, "Bonjour.")
    detail = await services.cases.get(advisor, case.id)
    assert [(row.state, row.kind) for row in detail.deliveries if row.message_id == reply.id] == [("pending", "sms")]
    assert detail.person.phone == "+33612345678"
