"""Nobody can have us write to strangers, fill the advisors' day or their queue from one place."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
import time_machine
from sqlalchemy import select

from channels.case.views import Answer, OpenedSession
from channels.conversation.engine import EngineAnswer, Turn
from channels.messages import Card
from channels.people.principal import Principal
from channels.services import Services
from channels.store.models import Callback, OutboxRow
from clock import PARIS
from tests.integration.channels.conftest import ScriptedEngine
from tests.integration.channels.conftest import said as answering
from tests.integration.channels.talk import sms, web

MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=PARIS)
SUNDAY = datetime(2026, 11, 29, 15, 0, tzinfo=PARIS)
SCHOOL = "193.0.2.7"
STRANGER = "+33612345678"


@pytest.fixture
def shows_a_sheet(engine: ScriptedEngine) -> None:
    async def behaviour(turn: Turn) -> EngineAnswer:
        return answering("Voici.", cards=(Card("metier", "coiffeur", "Coiffeur"),))

    engine.behaviour = behaviour


async def sent(services: Services) -> list[str]:
    """The bodies of the SMS in the outbox."""
    rows = await services.db.read(lambda session: session.scalars(
        select(OutboxRow).where(OutboxRow.kind == "sms").order_by(OutboxRow.id)).all())
    return [row.payload["body"] for row in rows]


async def code_of(services: Services) -> str:
    """The last code that was sent."""
    return re.findall(r"code est (\d{6})", " ".join(await sent(services)))[-1]


async def asks_for_the_recap(services: Services, session: OpenedSession, phone: str = "06 12 34 56 78") -> Answer:
    """A question, the button, the number."""
    await web(services, session, "coiffeur")
    await web(services, session, action="recap_sms")
    return await web(services, session, phone)


@pytest.mark.usefixtures("shows_a_sheet")
@time_machine.travel(MONDAY, tick=True)
async def test_a_number_that_never_wrote_gets_a_code_and_the_recap_only_once_it_is_typed(services: Services) -> None:
    session = await services.chat.open_session()
    asked = await asks_for_the_recap(services, session)
    assert "code à six chiffres" in asked.messages[0].text
    assert ["Coiffeur" in body for body in await sent(services)] == [False]
    code = await code_of(services)
    wrong = f"{(int(code) + 1) % 10 ** 6:06d}"
    assert "pas le bon code" in (await web(services, session, wrong)).messages[0].text
    assert "C'est envoyé" in (await web(services, session, f"c'est {code[:3]} {code[3:]}")).messages[0].text
    assert ["Coiffeur" in body for body in await sent(services)] == [False, True]


@pytest.mark.usefixtures("shows_a_sheet")
@time_machine.travel(MONDAY, tick=True)
async def test_a_stranger_is_written_to_once_a_day_whoever_asks_and_however_often(services: Services) -> None:
    answers = [await asks_for_the_recap(services, await services.chat.open_session()) for _ in range(5)]
    assert len(await sent(services)) == 1
    assert all("déjà reçu un SMS" in answer.messages[0].text for answer in answers[1:])


@pytest.mark.usefixtures("shows_a_sheet")
@time_machine.travel(MONDAY, tick=True)
async def test_three_wrong_codes_end_it_and_the_right_one_comes_too_late(services: Services) -> None:
    session = await services.chat.open_session()
    await asks_for_the_recap(services, session)
    code = await code_of(services)
    for step in range(1, 4):
        await web(services, session, f"{(int(code) + step) % 10 ** 6:06d}")
    await web(services, session, code)
    assert len(await sent(services)) == 1


@pytest.mark.usefixtures("shows_a_sheet")
async def test_a_code_is_good_for_a_quarter_of_an_hour(services: Services) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        session = await services.chat.open_session()
        await asks_for_the_recap(services, session)
        clock.shift(16 * 60)
        assert "quart d'heure" in (await web(services, session, await code_of(services))).messages[0].text
    assert len(await sent(services)) == 1


@pytest.mark.usefixtures("shows_a_sheet")
@time_machine.travel(MONDAY, tick=True)
async def test_a_number_that_wrote_to_us_needs_no_code(services: Services) -> None:
    await sms(services, "bonjour", sender=STRANGER)
    answer = await asks_for_the_recap(services, await services.chat.open_session())
    assert "C'est envoyé" in answer.messages[0].text


@pytest.mark.usefixtures("shows_a_sheet")
@time_machine.travel(MONDAY, tick=True)
async def test_a_place_gets_a_class_worth_of_recaps_and_no_town_s(services: Services) -> None:
    answers = [await asks_for_the_recap(services, await services.chat.open_session(address=SCHOOL), f"06 12 34 56 {number}")
               for number in range(10, 32)]
    assert [("code à six chiffres" in answer.messages[0].text) for answer in answers] == [True] * 20 + [False] * 2
    assert "Notez les liens" in answers[-1].messages[0].text
    elsewhere = await asks_for_the_recap(services, await services.chat.open_session(address="193.0.2.8"), "06 12 34 56 99")
    assert "code à six chiffres" in elsewhere.messages[0].text


@time_machine.travel(MONDAY, tick=True)
async def test_thirty_requests_from_one_place_do_not_fill_the_queue_and_distress_is_never_refused(
    services: Services, advisor: Principal
) -> None:
    answers = []
    for _ in range(14):
        session = await services.chat.open_session(address=SCHOOL)
        answers.append(await web(services, session, action="person"))
    assert [answer.mode for answer in answers] == ["queued"] * 12 + ["bot"] * 2
    assert "0 800" in answers[-1].messages[0].text
    session = await services.chat.open_session(address=SCHOOL)
    assert (await web(services, session, "j'ai envie de mourir")).mode == "queued"
    case_id = await services.cases.find_by_conversation(session.session_id) or 0
    assert (await services.cases.get(advisor, case_id)).same_place == 12


@time_machine.travel(SUNDAY, tick=True)
async def test_a_call_to_a_number_that_never_called_says_so_to_the_advisor(services: Services) -> None:
    await sms(services, "bonjour", sender=STRANGER)
    for phone in ("06 12 34 56 78", "06 12 34 56 79"):
        session = await services.chat.open_session()
        for text in ("je veux être rappelé", "lundi à 10h", phone, "non"):
            await web(services, session, text)
    found = await services.db.read(lambda session_: session_.scalars(select(Callback)).all())
    assert {row.phone[-2:]: row.verified for row in found} == {"78": True, "79": False}
