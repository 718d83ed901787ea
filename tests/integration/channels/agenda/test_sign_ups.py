"""Signing up for a date: a place, the waiting list, one that is freed, a reminder, a cancelled date; by chat and SMS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine, insert, select, update

from channels.agenda.tending import SignUpTending
from channels.case.views import Answer, OpenedSession
from channels.conversation.engine import EngineAnswer, Turn
from channels.errors import NotFound
from channels.messages import QuickReply
from channels.people.principal import Principal
from channels.services import Services
from channels.store.models import Contact, OutboxRow, SignUp
from clock import PARIS, now
from knowledge_base.agenda.store import CANCELLED, SESSIONS, find_session
from knowledge_base.database import open_engine
from knowledge_base.migrations import upgrade
from tests.integration.channels.conftest import ScriptedEngine
from tests.integration.channels.conftest import said as answering
from tests.integration.channels.talk import press, sms, web

MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=PARIS)
CAFE = datetime(2026, 12, 8, 18, 0, tzinfo=PARIS)
NUMBERS = [f"+3361234567{number}" for number in range(4)]


@pytest.fixture
def agenda(services: Services, tmp_path: Path) -> Iterator[Engine]:
    """An agenda with one café of two places, for which one signs up here."""
    url = f"sqlite:///{tmp_path / 'agenda.sqlite3'}"
    upgrade(url)
    engine = open_engine(url)
    forms = services.relay._intake.commands.forms
    assert isinstance(forms, dict)
    forms["sign_up"] = replace(forms["sign_up"], find=lambda key: find_session(engine, key))
    row = {"id": "cafe", "series": "cafe", "title": "Café des parents", "starts_at": CAFE, "ends_at": CAFE + timedelta(hours=2),
           "commune": "27056", "commune_name": "Bernay", "venue": "5 rue d’essai", "online": "", "service": "", "sector": "",
           "publics": ["parents"], "capacity": 2, "sign_up": "ici", "access": "", "organiser": "Essai", "state": "planned",
           "source": "Essai", "as_of": MONDAY.date(), "changed_at": MONDAY, "changed_by": "essai"}
    with engine.begin() as connection:
        connection.execute(insert(SESSIONS), [row])
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def shows_the_date(engine: ScriptedEngine, agenda: Engine) -> None:
    """The engine answers every question with the date and its button."""
    async def behaviour(turn: Turn) -> EngineAnswer:
        return answering("Café des parents, mardi 8 décembre.",
                         quick_replies=(QuickReply("M’inscrire", {"command": "sign_up", "session": "cafe"}),))

    engine.behaviour = behaviour


async def by_sms(services: Services, number: str, name: str = "Awa") -> Answer:
    """Signs this number up, from the question to the last answer."""
    await sms(services, "prochain café des parents à Bernay ?", sender=number)
    await sms(services, "1", sender=number)
    await sms(services, name, sender=number)
    return await sms(services, "oui", sender=number)


async def states(services: Services) -> dict[str, str]:
    """State by number."""
    def work(session: Any) -> dict[str, str]:
        return {session.get(Contact, row.contact_id).phone: row.state for row in session.scalars(select(SignUp))}

    return await services.db.read(work)


async def written_to(services: Services, number: str) -> list[str]:
    """The SMS to this number, oldest first."""
    rows = await services.db.read(lambda session: session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all())
    return [row.payload["body"] for row in rows if row.kind == "sms" and row.payload["to"] == number]


async def code_for(services: Services, number: str) -> str:
    """The last code that was sent to this number."""
    return re.findall(r"code est (\d{6})", " ".join(await written_to(services, number)))[-1]


def tending(services: Services, agenda: Engine) -> SignUpTending:
    return SignUpTending(services.db, services.relay._intake.commands.sign_ups, lambda key: find_session(agenda, key))


@time_machine.travel(MONDAY, tick=True)
async def test_the_third_for_two_places_waits_one_leaves_and_that_one_alone_is_called_up(services: Services) -> None:
    assert "votre place est réservée" in (await by_sms(services, NUMBERS[0])).messages[0].text
    await by_sms(services, NUMBERS[1])
    assert "liste d'attente" in (await by_sms(services, NUMBERS[2])).messages[0].text
    await by_sms(services, NUMBERS[3])
    before = {number: len(await written_to(services, number)) for number in NUMBERS}
    assert "annulée" in (await sms(services, "LIBERER", sender=NUMBERS[0])).messages[0].text
    assert "Une place s'est" in (await written_to(services, NUMBERS[2]))[-1]
    assert len(await written_to(services, NUMBERS[3])) == before[NUMBERS[3]], "the next in line hears nothing"
    assert "votre place est réservée" in (await sms(services, "oui", sender=NUMBERS[2])).messages[0].text
    assert await states(services) == dict(zip(NUMBERS, ("cancelled", "signed", "signed", "waiting"), strict=True))


async def test_who_does_not_answer_in_time_leaves_the_place_to_the_next(services: Services, agenda: Engine) -> None:
    with time_machine.travel(MONDAY, tick=True) as clock:
        for number in NUMBERS:
            await by_sms(services, number)
        await sms(services, "annuler mon inscription", sender=NUMBERS[0])
        clock.shift(timedelta(hours=25))
        await tending(services, agenda).round()
        assert await states(services) == dict(zip(NUMBERS, ("cancelled", "signed", "lapsed", "offered"), strict=True))
        assert "proposée à la personne suivante" in (await written_to(services, NUMBERS[2]))[-1]
        assert "n'est plus disponible" in (await sms(services, "oui", sender=NUMBERS[2])).messages[0].text


@time_machine.travel(MONDAY, tick=True)
async def test_in_the_chat_a_number_is_proved_by_a_code_before_the_place_is_reserved(services: Services) -> None:
    session = await services.chat.open_session()
    await press(services, session, await web(services, session, "prochain café des parents à Bernay ?"), "M’inscrire")
    assert "En le donnant, vous l'acceptez" in (await web(services, session, "Awa")).messages[0].text
    await web(services, session, "06 12 34 56 70")
    assert await states(services) == {}
    code = await code_for(services, NUMBERS[0])
    assert "votre place est réservée" in (await web(services, session, code)).messages[0].text
    assert "répondez LIBERER" in (await written_to(services, NUMBERS[0]))[-1]
    assert "annulée" in (await web(services, session, "annuler mon inscription")).messages[0].text


@time_machine.travel(MONDAY, tick=True)
async def test_signing_up_twice_is_said_and_takes_one_place(services: Services) -> None:
    await by_sms(services, NUMBERS[0])
    assert "déjà inscrit" in (await by_sms(services, NUMBERS[0])).messages[0].text
    assert len(await states(services)) == 1


async def test_everybody_is_reminded_once_the_day_before(services: Services, agenda: Engine) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        await by_sms(services, NUMBERS[0])
        await tending(services, agenda).round()
        clock.move_to(CAFE - timedelta(hours=20))
        for _ in range(2):
            await tending(services, agenda).round()
        assert ["Rappel :" in body for body in await written_to(services, NUMBERS[0])].count(True) == 1


@time_machine.travel(MONDAY, tick=True)
async def test_a_cancelled_date_is_told_to_those_who_signed_up_and_nobody_can_sign_up_any_more(
    services: Services, agenda: Engine
) -> None:
    await by_sms(services, NUMBERS[0])
    with agenda.begin() as connection:
        connection.execute(update(SESSIONS).values(state=CANCELLED))
    for _ in range(2):
        await tending(services, agenda).round()
    bodies = await written_to(services, NUMBERS[0])
    assert [body.startswith("Annul") for body in bodies].count(True) == 1
    await sms(services, "café des parents ?", sender=NUMBERS[1])
    assert "ne peut pas s'inscrire" in (await sms(services, "1", sender=NUMBERS[1])).messages[0].text


@time_machine.travel(MONDAY, tick=True)
async def test_stop_wins_over_the_waiting_list(services: Services, agenda: Engine) -> None:
    for number in NUMBERS[:3]:
        await by_sms(services, number)
    await sms(services, "STOP", sender=NUMBERS[2])
    before = len(await written_to(services, NUMBERS[2]))
    await sms(services, "LIBERER", sender=NUMBERS[0])
    rows = await services.db.read(lambda session: session.scalars(select(OutboxRow).order_by(OutboxRow.id)).all())
    later = [row for row in rows if row.payload.get("to") == NUMBERS[2]][before:]
    assert [row.state for row in later] == ["blocked"] * len(later)


@time_machine.travel(MONDAY, tick=True)
async def test_a_form_left_half_way_is_taken_up_again(services: Services) -> None:
    session = await services.chat.open_session()
    await press(services, session, await web(services, session, "café des parents ?"), "M’inscrire")
    aside = await web(services, session, "et au fait c'est quoi un café des parents ?")
    assert "prénom" in aside.messages[-1].text


async def test_a_person_s_sign_ups_are_exported_erased_and_gone_some_days_after(services: Services) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        await by_sms(services, NUMBERS[0])
        await by_sms(services, NUMBERS[1])
        found = (await services.persons.export(NUMBERS[0]))["sign_ups"]
        assert [(item["title"], item["name"], item["state"]) for item in found] == [("Café des parents", "Awa", "signed")]
        await services.persons.erase(NUMBERS[0])
        assert list(await states(services)) == [NUMBERS[1]]
        with pytest.raises(NotFound):
            await services.persons.export(NUMBERS[0])
        clock.move_to(CAFE + timedelta(days=9))
        await services.retention.apply(told=True)
        assert await states(services) == {} and now() > CAFE


async def test_the_conversation_s_own_erasure_takes_its_sign_up_with_it(services: Services) -> None:
    with time_machine.travel(MONDAY, tick=True):
        await sms(services, "bonjour", sender=NUMBERS[0])
        session: OpenedSession = await services.chat.open_session()
        await press(services, session, await web(services, session, "café des parents ?"), "M’inscrire")
        await web(services, session, "Awa")
        await web(services, session, "06 12 34 56 70")
        await web(services, session, await code_for(services, NUMBERS[0]))
        assert await states(services) == {NUMBERS[0]: "signed"}
        await services.chat.erase(session.session_id)
        assert await states(services) == {}


@time_machine.travel(MONDAY, tick=True)
async def test_nobody_signs_up_the_number_of_somebody_who_wrote_to_us(services: Services) -> None:
    await sms(services, "bonjour", sender=NUMBERS[0])
    session = await services.chat.open_session()
    await press(services, session, await web(services, session, "café des parents ?"), "M’inscrire")
    await web(services, session, "Awa")
    assert "vérifier que ce numéro est à vous" in (await web(services, session, "06 12 34 56 70")).messages[0].text
    assert await states(services) == {}


@time_machine.travel(MONDAY, tick=True)
async def test_a_place_that_an_erasure_or_a_larger_room_frees_goes_to_who_waits(services: Services, agenda: Engine) -> None:
    for number in NUMBERS:
        await by_sms(services, number)
    await services.persons.erase(NUMBERS[0])
    await tending(services, agenda).round()
    assert await states(services) == dict(zip(NUMBERS[1:], ("signed", "offered", "waiting"), strict=True))
    with agenda.begin() as connection:
        connection.execute(update(SESSIONS).values(capacity=3))
    await tending(services, agenda).round()
    assert (await states(services))[NUMBERS[3]] == "offered"


@time_machine.travel(MONDAY, tick=True)
async def test_who_signed_up_for_nothing_of_ours_and_cancels_an_enrolment_is_answered_by_the_engine(
    services: Services, engine: ScriptedEngine
) -> None:
    session = await services.chat.open_session()
    await web(services, session, "annuler mon inscription")
    assert [turn.text for turn in engine.turns] == ["annuler mon inscription"]


@time_machine.travel(MONDAY, tick=True)
async def test_one_signs_up_while_an_advisor_follows_and_what_is_no_answer_is_for_the_advisor(
    services: Services, advisor: Principal
) -> None:
    session = await services.chat.open_session()
    shown = await web(services, session, "café des parents ?")
    await web(services, session, "je veux parler à un conseiller")
    await services.cases.claim(advisor, await services.cases.find_by_conversation(session.session_id) or 0)
    await press(services, session, shown, "M’inscrire")
    assert not (await web(services, session, "et on y parle de quoi exactement ce soir-là ?")).messages
    assert "mobile" in (await web(services, session, "Awa")).messages[0].text
