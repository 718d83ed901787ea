"""While nobody presses a button: people who wait hear of it, advisors hear of people who wait, silence gives a case back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from channels.case.views import OpenedSession
from channels.people.principal import Principal
from channels.services import Services
from channels.settings import Settings
from channels.store.models import Account, Alert, Case, CaseEvent, Conversation, OutboxRow
from clock import now
from tests.integration.channels.conftest import make_advisor
from tests.integration.channels.talk import sms, web


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"oncall_sms": "+33612000000"})


async def waiting(services: Services) -> tuple[OpenedSession, int]:
    session = await services.chat.open_session()
    await web(services, session, "je veux parler à un conseiller")
    return session, await services.cases.find_by_conversation(session.session_id) or 0


async def change(services: Services, model: Any, key: object, **values: object) -> None:
    """Moves what is stored, as if time had passed."""
    def work(session: Any) -> None:
        row = session.get(model, key)
        for name, value in values.items():
            setattr(row, name, value)

    await services.db.write(work)


def ago(minutes: float) -> Any:
    return now() - timedelta(minutes=minutes)


async def claimed_long_ago(services: Services, case_id: int, minutes: float) -> None:
    """The claim and the person's last words lie that far back."""
    await change(services, Case, case_id, claimed_at=ago(minutes), last_citizen_at=ago(minutes))

    def work(session: Any) -> None:
        session.query(CaseEvent).filter(CaseEvent.case_id == case_id).update({"created_at": ago(minutes)})

    await services.db.write(work)


async def kinds(services: Services, case_id: int) -> list[str]:
    def work(session: Any) -> list[str]:
        rows = session.query(CaseEvent).filter(CaseEvent.case_id == case_id).order_by(CaseEvent.created_at)
        return [row.kind for row in rows]

    return await services.db.read(work)


async def last_words(services: Services, session: OpenedSession) -> str:
    return (await services.chat.events(session.session_id, 0)).messages[-1].text


async def state_of(services: Services, case_id: int) -> tuple[str, str | None]:
    def work(session: Any) -> tuple[str, str | None]:
        row = session.get(Case, case_id)
        return str(row.state), row.owner_id

    return await services.db.read(work)


async def test_nothing_happens_to_a_case_that_is_fresh(services: Services, advisor: Principal) -> None:
    await waiting(services)
    assert await services.tending.round() == 0


async def test_a_waiting_person_hears_the_position_and_is_offered_a_call_back_each_time_later(services: Services) -> None:
    session, case_id = await waiting(services)
    await change(services, Case, case_id, queued_at=ago(6), told_at=ago(6), reminded_at=now())
    assert await services.tending.round() == 1
    told = (await services.chat.events(session.session_id, 0)).messages[-1]
    assert "prochaine personne" in told.text and "rappeler" in told.text
    assert any("rappel" in str(button["label"]).lower() for button in told.buttons)
    await change(services, Case, case_id, told_at=ago(6))
    assert await services.tending.round() == 0, "the second time comes twice as late"
    await change(services, Case, case_id, queued_at=ago(20), told_at=ago(11))
    assert await services.tending.round() == 1


@pytest.mark.any_clock
async def test_the_advisor_on_duty_gets_one_sms_however_many_wait(services: Services, advisor: Principal) -> None:
    ids = [(await waiting(services))[1] for _ in range(3)]
    for case_id in ids:
        await change(services, Case, case_id, queued_at=ago(6))
    await services.tending.round()
    await services.tending.round()
    rows = await services.db.read(lambda session: session.query(OutboxRow).filter(OutboxRow.alert_id.is_not(None)).all())
    assert len(rows) == 1 and "3 demandes en attente" in rows[0].payload["body"]
    assert all(["reminded" in await kinds(services, case_id) for case_id in ids])
    assert [alert.kind for alert in await services.alerts.open(advisor)] == ["unclaimed"]
    for case_id in ids:
        await services.cases.claim(advisor, case_id)
    assert await services.alerts.open(advisor) == [], "a claim ends what was said of it"


async def test_a_silent_advisor_loses_the_case_and_the_history_says_why(services: Services, advisor: Principal) -> None:
    session, case_id = await waiting(services)
    await services.cases.claim(advisor, case_id)
    await claimed_long_ago(services, case_id, 16)
    await services.tending.round()
    assert await state_of(services, case_id) == ("queued", None)
    assert "requeued" in await kinds(services, case_id)
    assert "autre conseiller" in await last_words(services, session)
    events = (await services.cases.get(advisor, case_id)).events
    assert next(event.data for event in events if event.kind == "requeued") == {"why": "silent", "from": "Anne"}


async def test_whoever_a_case_is_passed_to_has_the_whole_time(services: Services, advisor: Principal) -> None:
    await make_advisor(services, "bruno@exemple.fr", "Bruno")
    _, case_id = await waiting(services)
    await services.cases.claim(advisor, case_id)
    await claimed_long_ago(services, case_id, 14)
    await services.cases.transfer(advisor, case_id, "bruno@exemple.fr")
    await change(services, Case, case_id, claimed_at=ago(16), last_citizen_at=ago(16))
    assert await services.tending.round() == 0


async def test_an_advisor_who_is_gone_loses_it_sooner_than_one_who_is_there(services: Services, advisor: Principal) -> None:
    _, case_id = await waiting(services)
    await services.cases.claim(advisor, case_id)
    await claimed_long_ago(services, case_id, 6)
    await services.tending.round()
    assert (await state_of(services, case_id))[0] == "human", "there, only slow"
    await change(services, Account, advisor.account_id, last_seen_at=ago(6))
    await services.tending.round()
    assert await state_of(services, case_id) == ("queued", None)


async def test_an_answered_person_is_never_taken_from_the_advisor(services: Services, advisor: Principal) -> None:
    _, case_id = await waiting(services)
    await services.cases.claim(advisor, case_id)
    await services.cases.reply(advisor, case_id, "Bonjour")
    await claimed_long_ago(services, case_id, 90)
    await change(services, Account, advisor.account_id, last_seen_at=ago(90))
    assert await services.tending.round() == 0


async def test_who_left_the_chat_is_abandoned_and_who_reads_is_not(services: Services) -> None:
    session, case_id = await waiting(services)
    await change(services, Case, case_id, queued_at=ago(130), last_citizen_at=ago(130), reminded_at=now(), told_count=6)
    last = (await services.chat.events(session.session_id, 0)).next
    await services.chat.seen(session.session_id, last, "citizen")
    assert await services.tending.round() == 0
    await change(services, Conversation, session.session_id, citizen_seen_seq=0)
    await services.tending.round()
    assert (await state_of(services, case_id))[0] == "abandoned"
    assert (await kinds(services, case_id))[-1] == "abandoned"
    assert (await services.chat.events(session.session_id, 0)).mode == "bot"


@pytest.mark.any_clock
async def test_those_who_still_wait_at_closing_time_are_told_once(services: Services) -> None:
    session, case_id = await waiting(services)
    services.hours.mode = "never"
    await services.tending.round()
    await services.tending.round()
    assert "ne sont plus disponibles" in await last_words(services, session)
    assert (await kinds(services, case_id)).count("closing_told") == 1
    assert (await state_of(services, case_id))[0] == "queued"


@pytest.mark.any_clock
async def test_a_pause_ends_by_itself_and_when_the_person_writes(services: Services, advisor: Principal) -> None:
    session, case_id = await waiting(services)
    await services.cases.snooze(advisor, case_id, now() + timedelta(hours=1))
    await web(services, session, "je suis toujours là")
    assert (await services.cases.list(advisor))[0].snoozed_until is None
    await services.cases.snooze(advisor, case_id, now() - timedelta(seconds=1))
    await services.tending.round()
    assert (await kinds(services, case_id))[-1] == "woken"


async def test_an_sms_waits_longer_for_its_answer_than_a_chat(services: Services, advisor: Principal) -> None:
    answer = await sms(services, "je veux parler à un conseiller")
    case_id = await services.cases.find_by_conversation(answer.conversation_id) or 0
    await services.cases.claim(advisor, case_id)
    await claimed_long_ago(services, case_id, 30)
    assert await services.tending.round() == 0
    await claimed_long_ago(services, case_id, 61)
    assert await services.tending.round() == 1


async def test_a_colleague_without_room_or_who_is_away_gets_nothing(services: Services, advisor: Principal) -> None:
    bruno = await make_advisor(services, "bruno@exemple.fr", "Bruno")
    claire = await make_advisor(services, "claire@exemple.fr", "Claire", role="superviseur")
    _, case_id = await waiting(services)
    await services.cases.claim(advisor, case_id)
    await change(services, Account, bruno.account_id, available=False)
    with pytest.raises(Exception, match="indisponible"):
        await services.cases.transfer(advisor, case_id, "bruno@exemple.fr")
    await change(services, Account, bruno.account_id, available=True, capacity=0)
    with pytest.raises(Exception, match="suit déjà 0 demandes"):
        await services.cases.transfer(advisor, case_id, "bruno@exemple.fr")
    await services.cases.transfer(advisor, case_id, "claire@exemple.fr")
    assert (await services.cases.transfer(claire, case_id, "bruno@exemple.fr")).owner == "Bruno", "a supervisor may"


async def test_alerts_of_waiting_cases_keep_nothing_personal(services: Services) -> None:
    _, case_id = await waiting(services)
    await change(services, Case, case_id, queued_at=ago(6))
    await services.tending.round()
    alert = await services.db.read(lambda session: session.query(Alert).one())
    assert (alert.kind, alert.theme, alert.case_id) == ("unclaimed", None, case_id)
