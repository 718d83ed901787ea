"""A rating or a recap is between the person and us: no advisor gets it, and it opens no finished case again. And the queue."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from channels.case.views import OpenedSession
from channels.conversation.engine import EngineAnswer, Turn
from channels.messages import Card
from channels.people.principal import Principal
from channels.services import Services
from channels.store.models import Conversation, OutboxRow
from tests.integration.channels.conftest import ScriptedEngine
from tests.integration.channels.conftest import said as answering
from tests.integration.channels.talk import press, web


@pytest.fixture
async def closed(services: Services, advisor: Principal) -> tuple[OpenedSession, int]:
    """A case that an advisor took and closed."""
    session = await services.chat.open_session()
    await web(services, session, "je veux parler à un conseiller")
    case_id = await services.cases.find_by_conversation(session.session_id) or 0
    await services.cases.claim(advisor, case_id)
    await services.cases.close(advisor, case_id, "informe")
    return session, case_id


async def _state(services: Services, advisor: Principal, case_id: int) -> str:
    return str((await services.cases.get(advisor, case_id)).row.state)


async def test_the_closing_messages_rating_leaves_the_case_closed(
    services: Services, advisor: Principal, engine: ScriptedEngine, closed: tuple[OpenedSession, int]
) -> None:
    session, case_id = closed
    events = await services.chat.events(session.session_id, 0)
    button = next(item for message in events.messages for item in message.wire()["quick_replies"]
                  if item["label"] == "Donner mon avis")
    asked = await web(services, session, action=button["action"])
    assert "note de 1" in asked.messages[0].text and asked.mode == "closed"
    await press(services, session, asked, "5")
    thanks = await web(services, session, "très utile, merci")
    assert "Merci pour votre avis" in thanks.messages[0].text and thanks.mode == "closed"
    assert not engine.turns
    assert await _state(services, advisor, case_id) == "closed"


async def test_a_new_question_after_the_rating_is_a_question(
    services: Services, advisor: Principal, closed: tuple[OpenedSession, int]
) -> None:
    session, case_id = closed
    await press(services, session, await web(services, session, action="feedback"), "4")
    await web(services, session, "et pour l'internat, je fais comment ?")
    assert await _state(services, advisor, case_id) == "human"


async def test_a_recap_is_sent_while_an_advisor_follows(
    services: Services, advisor: Principal, engine: ScriptedEngine
) -> None:
    async def shows_a_sheet(turn: Turn) -> EngineAnswer:
        return answering("Voici.", cards=(Card("metier", "coiffeur", "Coiffeur"),))

    engine.dead, engine.behaviour = False, shows_a_sheet
    session = await services.chat.open_session()
    await web(services, session, "coiffeur")
    await web(services, session, "je veux parler à un conseiller")
    case_id = await services.cases.find_by_conversation(session.session_id) or 0
    await services.cases.claim(advisor, case_id)
    asked = await web(services, session, action="recap_sms")
    assert "numéro" in asked.messages[0].text and asked.mode == "human"
    assert not (await web(services, session, "j'ai 17 ans")).messages, "what is no number is for the advisor"
    assert "code" in (await web(services, session, "06 12 34 56 78")).messages[0].text
    assert not (await web(services, session, "c'est pour un stage")).messages, "what is no code is for the advisor"
    code = (await services.db.read(lambda session_: session_.scalars(select(OutboxRow)).one())).payload["body"]
    assert "C'est envoyé" in (await web(services, session, re.findall(r"\d{6}", code)[0])).messages[0].text
    sent = await services.db.read(lambda session_: session_.scalars(select(OutboxRow).where(OutboxRow.kind == "sms")).all())
    assert ["Coiffeur" in row.payload["body"] for row in sent] == [False, True]
    assert await _state(services, advisor, case_id) == "human"


@pytest.mark.parametrize("said", ["annule le conseiller", "finalement non laisse", "non laisse tomber"])
async def test_the_queue_is_left_in_plain_words(services: Services, said: str) -> None:
    session = await services.chat.open_session()
    await web(services, session, "je veux parler à un conseiller")
    answer = await web(services, session, said)
    assert answer.mode == "bot" and "je retire votre demande de la file" in answer.messages[0].text


async def test_how_long_it_takes_is_answered_as_such_in_the_queue(services: Services) -> None:
    session = await services.chat.open_session()
    await web(services, session, "je veux parler à un conseiller")
    answer = await web(services, session, "combien de temps d'attente ?")
    assert answer.mode == "queued" and "prochaine personne" in answer.messages[0].text
    conversation = await services.db.read(lambda session_: session_.get(Conversation, session.session_id))
    assert conversation is not None and conversation.mode == "queued"


async def test_nobody_in_distress_is_told_a_place_in_the_queue(services: Services) -> None:
    session = await services.chat.open_session()
    await web(services, session, "je veux parler à un conseiller")
    await web(services, session, "j'ai envie de mourir")
    answer = await web(services, session, "combien de temps d'attente ?")
    said = " ".join(message.text for message in answer.messages)
    assert said and "position" not in said and "prochaine personne" not in said and "patience" not in said
