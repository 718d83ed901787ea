"""The day after a text of distress: short words are not misread, each answer is another one, and one may take it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from channels.case.views import Answer
from channels.people.principal import Principal
from channels.services import Services
from channels.store.models import Message
from clock import now
from tests.integration.channels.conftest import ScriptedEngine
from tests.integration.channels.talk import sms, web


async def told(services: Services, *texts: str) -> list[Answer]:
    """One conversation in the web chat."""
    session = await services.chat.open_session()
    return [await web(services, session, text) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "personne m'aide",
        "je te jure je vais le faire",
        "ça va pas",
        "t es qu un robot",
        "j ose pas appeler",
        "ça sert à rien",
        "j'ai peur",
    ],
)
async def test_who_goes_on_gets_another_warm_answer_with_the_number(
    services: Services, engine: ScriptedEngine, text: str
) -> None:
    engine.dead = True
    first, second = await told(services, "je veux mourir", text)
    assert [message.author for message in second.messages] == ["system"]
    assert second.messages[0].text.startswith("3114")
    assert second.messages[0].text != first.messages[0].text


async def test_no_two_answers_in_a_row_are_the_same(services: Services) -> None:
    answers = await told(services, "je veux mourir", "personne m'aide", "je vais le faire", "à quoi bon")
    texts = [answer.messages[0].text for answer in answers]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("text", ["y a un numéro ?", "3114", "c'est quoi le numéro"])
async def test_the_numbers_are_given_again_when_asked(services: Services, text: str) -> None:
    answer = (await told(services, "mon père me frappe", text))[-1]
    assert answer.messages[0].text.startswith("119")


async def test_what_is_secret_is_answered_truthfully(services: Services) -> None:
    answer = (await told(services, "je veux mourir", "je veux pas que ma mère le sache"))[-1]
    assert "Nous ne prévenons pas vos parents" in answer.messages[0].text
    assert "grand danger" in answer.messages[0].text


@pytest.mark.parametrize("text", ["non je rigole", "c'était pour un exposé", "c'était une blague", "fausse alerte"])
async def test_who_takes_it_back_leaves_the_queue_and_the_trace_stays_until_seen(
    services: Services, advisor: Principal, text: str
) -> None:
    answer = (await told(services, "je veux mourir", text))[-1]
    assert answer.mode == "bot"
    assert answer.messages[0].text.startswith("D'accord")
    assert await services.cases.list(advisor) == []
    (alert,) = await services.alerts.open(advisor)
    assert alert.state == "retracted"
    await services.alerts.acknowledge(advisor, alert.id)
    assert await services.alerts.open(advisor) == []


async def test_the_buttons_give_the_numbers_and_take_it_back(services: Services) -> None:
    session = await services.chat.open_session()
    text = (await web(services, session, "je veux mourir")).messages[0]
    buttons = {button["label"]: button["action"] for button in text.wire()["quick_replies"]}
    assert list(buttons) == ["Parler à quelqu'un", "Les numéros", "C'était une erreur"]
    again = await web(services, session, action=buttons["Les numéros"])
    assert again.messages[0].text.startswith("3114")
    assert (await web(services, session, action=buttons["C'était une erreur"])).mode == "bot"


async def test_an_ordinary_question_is_answered_as_ever(services: Services, engine: ScriptedEngine) -> None:
    answer = (await told(services, "je veux mourir", "ok merci. et le CAP soudeur il dure combien de temps"))[-1]
    assert [message.author for message in answer.messages] == ["bot"]
    assert "CAP soudeur" in str(engine.turns[-1].text)


async def test_distress_over_two_messages_is_heard(services: Services) -> None:
    answer = (await told(services, "je veux", "mourir"))[-1]
    assert answer.messages[0].text.startswith("3114")


async def test_something_new_gets_its_own_text(services: Services) -> None:
    answer = (await told(services, "je veux mourir", "mon mari me frappe"))[-1]
    assert answer.messages[0].text.startswith("3919")


async def test_who_asks_for_a_person_is_told_no_place_in_a_queue(services: Services) -> None:
    answer = (await told(services, "je veux mourir", "je veux parler à un conseiller"))[-1]
    assert "position" not in answer.messages[0].text
    assert "3114" in answer.messages[0].text


async def test_outside_hours_nobody_is_said_to_read(services: Services) -> None:
    services.hours.mode = "never"
    (answer,) = await told(services, "je veux mourir")
    assert "Personne ne lit ici en ce moment" in answer.messages[0].text


async def test_after_a_day_it_is_over(services: Services) -> None:
    session = await services.chat.open_session()
    await web(services, session, "mon père me frappe")
    await services.db.write(lambda store: store.execute(update(Message).values(created_at=now() - timedelta(hours=25))))
    answer = await web(services, session, "personne m'aide")
    assert [message.author for message in answer.messages] == ["bot"]


async def test_by_sms_the_same_holds(services: Services) -> None:
    await sms(services, "je veux mourir")
    answer = await sms(services, "personne m'aide")
    assert answer.messages[0].text.startswith("3114")
