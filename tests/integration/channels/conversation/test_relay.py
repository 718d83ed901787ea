"""One message, end to end, on SQLite and PostgreSQL: stored once, answered once, never by two voices."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select, text

from channels.conversation.engine import EngineAnswer, Turn
from channels.errors import Invalid, TooLarge, Unauthorized
from channels.messages import Command, Incoming, QuickReply, Reply
from channels.people.principal import Principal
from channels.privacy.crypto import Keyring
from channels.services import Services
from channels.settings import Settings
from channels.store.models import Message, MessageState
from tests.integration.channels.conftest import ScriptedEngine, said
from tests.integration.channels.talk import press, sms, web


async def test_the_first_message_says_that_the_assistant_is_automatic(services: Services) -> None:
    session = await services.chat.open_session()
    assert "assistant automatique" in session.messages[0].text
    assert session.mode == "bot"


async def test_a_question_is_stored_and_answered_in_order(services: Services) -> None:
    session = await services.chat.open_session()
    answer = await web(services, session, "c'est quoi coiffeur")
    assert [message.text for message in answer.messages] == ["Réponse à c'est quoi coiffeur"]
    events = await services.chat.events(session.session_id, 0)
    assert [message.author for message in events.messages] == ["system", "citizen", "bot"]
    assert events.next == 3


async def test_the_same_key_again_gives_the_same_answer_and_does_nothing_twice(
        services: Services, engine: ScriptedEngine) -> None:
    session = await services.chat.open_session()
    first = await web(services, session, "bonjour", key="k")
    again = await web(services, session, "bonjour", key="k")
    assert again.duplicate
    assert again.wire() == first.wire()
    assert len(engine.turns) == 1


async def test_the_same_key_sent_ten_times_at_once_is_answered_once(services: Services, engine: ScriptedEngine) -> None:
    session = await services.chat.open_session()
    answers = await asyncio.gather(*(web(services, session, "bonjour", key="k") for _ in range(10)))
    assert len({str(answer.wire()) for answer in answers}) == 1
    assert len(engine.turns) == 1


async def test_the_same_sms_again_changes_nothing(services: Services, engine: ScriptedEngine) -> None:
    first = await sms(services, "bonjour", sid="SM1")
    again = await asyncio.gather(*(sms(services, "bonjour", sid="SM1") for _ in range(3)))
    assert {item.accepted.id for item in again} == {first.accepted.id}
    assert len(engine.turns) == 1
    assert await count(services, "outbox") == 1


async def test_first_messages_of_one_number_at_once_make_one_conversation(services: Services) -> None:
    answers = await asyncio.gather(*(sms(services, f"question {number}") for number in range(5)))
    assert len({answer.conversation_id for answer in answers}) == 1


async def test_messages_sent_at_once_are_all_answered_and_numbered_without_gaps(services: Services) -> None:
    session = await services.chat.open_session()
    await asyncio.gather(*(web(services, session, f"question {number}") for number in range(8)))
    events = await services.chat.events(session.session_id, 0)
    assert [message.seq for message in events.messages] == list(range(1, 18))
    answered = {message.in_reply_to for message in events.messages if message.author == "bot"}
    assert answered == {message.id for message in events.messages if message.author == "citizen"}


async def test_a_dead_engine_still_leaves_an_answer_and_a_way_to_a_person(services: Services, engine: ScriptedEngine) -> None:
    engine.dead = True
    session = await services.chat.open_session()
    answer = await web(services, session, "c'est quoi coiffeur")
    assert answer.messages[0].understood is False
    waiting = await press(services, session, answer, "Parler à un conseiller")
    assert waiting.mode == "queued"


async def test_when_the_engine_is_back_the_conversation_goes_on(services: Services, engine: ScriptedEngine) -> None:
    session = await services.chat.open_session()
    engine.dead = True
    await web(services, session, "une question")
    engine.dead = False
    answer = await web(services, session, "la même")
    assert answer.messages[0].text == "Réponse à la même"


async def test_a_plain_request_for_a_person_works_with_the_engine_down(services: Services, engine: ScriptedEngine) -> None:
    engine.dead = True
    session = await services.chat.open_session()
    answer = await web(services, session, "Je veux parler à un conseiller svp")
    assert answer.mode == "queued"
    assert engine.turns == []


async def test_numbers_and_addresses_never_reach_the_engine(services: Services, engine: ScriptedEngine) -> None:
    session = await services.chat.open_session()
    await web(services, session, "mon 06 12 34 56 78 et jean@exemple.fr")
    assert engine.turns[0].text == "mon [numéro] et [adresse e-mail]"


async def test_the_state_of_the_engine_comes_back_at_the_next_turn(services: Services, engine: ScriptedEngine) -> None:
    session = await services.chat.open_session()
    await web(services, session, "bonjour")
    await web(services, session, "et le salaire ?")
    assert engine.turns[0].state is None
    assert engine.turns[1].state == {"slots": {"asked": ["le métier de coiffeur"], "public": "lyceen"}}


async def test_an_answer_computed_before_a_claim_is_never_delivered(
        services: Services, engine: ScriptedEngine, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await web(services, session, "un conseiller")
    started, go = asyncio.Event(), asyncio.Event()

    async def slow(turn: Turn) -> EngineAnswer:
        started.set()
        await go.wait()
        return said("trop tard")

    engine.behaviour = slow
    asking = asyncio.create_task(web(services, session, "une question"))
    await started.wait()
    case_id = await services.cases.find_by_conversation(session.session_id)
    await services.cases.claim(advisor, case_id or 0)
    go.set()
    answer = await asking
    assert answer.mode == "human"
    assert answer.messages == ()
    events = await services.chat.events(session.session_id, 0)
    assert "trop tard" not in [message.text for message in events.messages]
    detail = await services.cases.get(advisor, case_id or 0)
    assert [message.state for message in detail.messages if message.text == "trop tard"] in ([], ["suppressed"])


async def test_the_bot_is_silent_while_a_person_has_the_conversation(
        services: Services, engine: ScriptedEngine, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await services.cases.take_over(advisor, session.session_id)
    answer = await web(services, session, "bonjour ?")
    assert (answer.mode, answer.messages, engine.turns) == ("human", (), [])


async def test_after_the_return_to_the_bot_the_bot_answers_with_its_slots(
        services: Services, engine: ScriptedEngine, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await web(services, session, "coiffeur")
    case = await services.cases.take_over(advisor, session.session_id)
    await services.cases.return_to_bot(advisor, case.id)
    answer = await web(services, session, "et à Caen ?")
    assert answer.mode == "bot"
    assert answer.messages[0].text == "Réponse à et à Caen ?"
    assert engine.turns[-1].state["slots"]["public"] == "lyceen"


async def test_a_message_left_by_a_crash_is_answered_exactly_once(
        services: Services, settings: Settings, keys: Keyring, engine: ScriptedEngine) -> None:
    session = await services.chat.open_session()
    left = await services.relay.accept(Incoming("web", text="perdue ?", token=session.token, client_id="k"))
    assert left.pending
    # Another process starts on the same database, as after kill -9; the client retries at the same time.
    other = Services.open(settings, engine, keys)
    await asyncio.gather(other.relay.recover(), web(services, session, "perdue ?", key="k"))
    await other.relay.recover()
    await other.stop()
    events = await services.chat.events(session.session_id, 0)
    assert [message.text for message in events.messages if message.author == "bot"] == ["Réponse à perdue ?"]


async def test_sms_sent_in_a_row_are_one_turn(services: Services, engine: ScriptedEngine) -> None:
    for number, part in enumerate(("slt", "jve etre", "coiffeuse")):
        answer = await services.relay.accept(Incoming("sms", text=part, sender="+33612345678", provider_id=f"SMx{number}"))
    said_back = await services.relay.answer_pending(answer.conversation_id)
    assert [turn.text for turn in engine.turns] == ["slt\njve etre\ncoiffeuse"]
    assert len(said_back) == 1
    assert await states(services, answer.conversation_id) == [MessageState.ANSWERED] * 3


async def test_a_number_chosen_by_sms_is_the_button_of_that_number(services: Services, engine: ScriptedEngine) -> None:
    async def offers(turn: Turn) -> EngineAnswer:
        buttons = tuple(QuickReply(label, {"intent": "choisir", "slots": {"n": index}}) for index, label in enumerate("ab"))
        return EngineAnswer((Reply("Lequel ?", quick_replies=buttons),), "x", 1.0, (), None)

    engine.behaviour = offers
    await sms(services, "coiffeur")
    await sms(services, "la 2")
    assert engine.turns[-1].payload == {"intent": "choisir", "slots": {"n": 1}}


async def test_a_button_sends_its_payload_and_shows_its_label(services: Services, engine: ScriptedEngine) -> None:
    async def offers(turn: Turn) -> EngineAnswer:
        button = QuickReply("Le salaire", {"intent": "question", "slots": {"point": "pay"}})
        return EngineAnswer((Reply("Coiffeur.", quick_replies=(button,)),), "x", 1.0, (), None)

    engine.behaviour = offers
    session = await services.chat.open_session()
    answer = await web(services, session, "coiffeur")
    await press(services, session, answer, "Le salaire")
    assert engine.turns[-1].payload == {"intent": "question", "slots": {"point": "pay"}}
    events = await services.chat.events(session.session_id, 0)
    assert [message.text for message in events.messages if message.author == "citizen"] == ["coiffeur", "Le salaire"]


@pytest.mark.parametrize("action", ["a1-9", "a999-0", "rien", "a-1"])
async def test_a_button_that_was_never_offered_is_refused(services: Services, action: str) -> None:
    session = await services.chat.open_session()
    with pytest.raises(Invalid):
        await web(services, session, action=action)


async def test_a_text_that_cannot_be_accepted_leaves_nothing_behind(services: Services) -> None:
    session = await services.chat.open_session()
    with pytest.raises(TooLarge):
        await web(services, session, "a" * 2001)
    with pytest.raises(Invalid):
        await web(services, session, "   ")
    with pytest.raises(Unauthorized):
        await services.relay.receive(Incoming("web", text="x", token="inconnu", client_id="k"))
    assert await count(services, "message") == 1


async def test_a_command_of_an_action_puts_the_person_in_the_queue(services: Services, engine: ScriptedEngine) -> None:
    async def hands_over(turn: Turn) -> EngineAnswer:
        command = Command("handover", {"reason": "topic", "topic": 14, "urgency": "haute"})
        return EngineAnswer((Reply("Voici le calendrier.", command=command, topic=14, handover=2),), "x", 1.0, (), None)

    engine.behaviour = hands_over
    session = await services.chat.open_session()
    answer = await web(services, session, "que des refus")
    assert answer.mode == "queued"
    assert answer.messages[0].text == "Voici le calendrier."
    assert len(answer.messages) == 2


async def test_after_two_misunderstandings_a_person_is_offered(services: Services, engine: ScriptedEngine) -> None:
    async def lost(turn: Turn) -> EngineAnswer:
        return said("Je n'ai pas compris.", understood=False)

    engine.behaviour = lost
    session = await services.chat.open_session()
    first = await web(services, session, "blabla")
    second = await web(services, session, "blabla bla")
    assert not first.messages[0].buttons
    assert second.messages[0].buttons[0]["label"] == "Parler à un conseiller"


async def test_nothing_personal_can_be_read_in_the_database_file(tmp_path: Path, engine: ScriptedEngine) -> None:
    settings = Settings(_env_file=None, state_dir=tmp_path, opening="always")  # type: ignore[call-arg]
    services = Services.open(settings, engine)
    session = await services.chat.open_session(page_url="https://exemple.fr/?nom=Marqueur-page")
    await web(services, session, "je m'appelle Marqueur-texte")
    await sms(services, "Marqueur-sms", sender="+33698765432")
    await services.accounts.create("marqueur@exemple.fr", "conseiller", name="Marqueur-nom")
    await services.stop()
    content = written(tmp_path)
    for secret in (b"Marqueur", b"marqueur", b"698765432", b"coiffeur", session.token.encode()):
        assert secret not in content
    assert (tmp_path / "keys" / "data.key").stat().st_mode & 0o777 == 0o600


def written(folder: Path) -> bytes:
    """Everything in the database files, write-ahead log included."""
    return b"".join(path.read_bytes() for path in folder.glob("*.sqlite3*"))


async def count(services: Services, table: str) -> int:
    """Rows of a table."""
    return int(await services.db.read(lambda session: session.scalar(text(f"SELECT count(*) FROM {table}"))))


async def states(services: Services, conversation_id: str) -> list[str]:
    """States of the citizen's messages, in order."""
    query = select(Message.state).where(Message.conversation_id == conversation_id, Message.author == "citizen")
    return await services.db.read(lambda session: list(session.scalars(query.order_by(Message.seq))))
