"""Calls, as a caller hears them: short, in French, never a dead end, nothing lost when they hang up."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import select

from channels.conversation.engine import EngineAnswer, Turn
from channels.messages import Reply
from channels.services import Services
from channels.store.models import Alert, Callback, Case, CaseEvent, Message, OutboxRow
from clock import in_paris
from tests.fixtures.signed import post
from tests.integration.channels.conftest import ScriptedEngine
from tests.integration.channels.phone.conftest import ADVISORS, CALLER, PUBLIC, TOKEN, VOICE, Caller


async def rows(services: Services, model: type) -> list:  # type: ignore[type-arg]
    """All rows of a table."""
    return list(await services.db.read(lambda session: session.scalars(select(model)).all()))


async def test_the_first_words_say_that_the_assistant_is_automatic_and_how_to_reach_a_person(caller: Caller) -> None:
    heard = await caller.calls()
    assert heard.said.startswith("Bonjour, vous êtes en ligne avec l'assistant automatique")
    assert "conseiller" in heard.said
    assert heard.verbs == ("Gather",)
    assert 'input="speech dtmf"' in heard.xml and 'language="fr-FR"' in heard.xml and "hints=" in heard.xml


async def test_a_question_and_a_follow_up_are_answered_without_address_nor_code(caller: Caller) -> None:
    await caller.calls()
    heard = await caller.says("comment devenir infirmière")
    assert heard.said == (
        "Il faut le D E d'infirmier, en 3 ans après le bac, dans un ifsi. Touche 1 : le salaire. Touche 2 : les écoles."
    )
    assert "1850 euros" in (await caller.says("et ça gagne combien")).said


async def test_a_key_chooses_and_a_number_said_aloud_too(caller: Caller) -> None:
    await caller.calls()
    await caller.says("comment devenir infirmière")
    assert "1850 euros" in (await caller.presses("1")).said
    await caller.says("comment devenir infirmière")
    assert "1850 euros" in (await caller.says("la première")).said


@pytest.mark.parametrize("words", ["répéter", "Vous pouvez répéter s'il vous plaît ?", "Pardon ?", "*"])
async def test_the_answer_is_said_again_when_asked(caller: Caller, engine: ScriptedEngine, words: str) -> None:
    await caller.calls()
    first = await caller.says("comment devenir infirmière")
    again = await (caller.presses("*") if words == "*" else caller.says(words))
    assert again.said == first.said
    assert len(engine.turns) == 1


async def test_plus_lentement_says_it_again_slowly_and_stays_slow(caller: Caller) -> None:
    await caller.calls()
    await caller.says("comment devenir infirmière")
    assert 'rate="75%"' in (await caller.says("Plus lentement.")).xml
    assert 'rate="75%"' in (await caller.says("et le salaire")).xml


async def test_silence_is_met_by_a_second_try_then_the_keys_then_a_person(caller: Caller) -> None:
    await caller.calls()
    assert "redire" in (await caller.keeps_silent()).said
    assert "clavier" in (await caller.keeps_silent()).said
    assert (await caller.keeps_silent()).number == ADVISORS


async def test_words_badly_heard_are_asked_again_but_never_the_way_to_a_person(
    caller: Caller, engine: ScriptedEngine
) -> None:
    await caller.calls()
    assert "autres mots" in (await caller.says("bla bla", "0.21")).said
    assert engine.turns == []
    assert (await caller.says("conseiller", "0.21")).number == ADVISORS


async def test_a_line_that_stays_silent_is_hung_up_politely_when_nobody_is_there(caller: Caller, services: Services) -> None:
    services.hours.mode = "never"
    await caller.calls()
    for _ in range(4):
        await caller.keeps_silent()
    heard = await caller.keeps_silent()
    assert heard.verbs[-1] == "Hangup" and "Au revoir" in heard.said


@pytest.mark.parametrize("way", ["je voudrais parler à un conseiller", "Conseiller.", "0"])
async def test_a_person_is_one_step_away_at_any_moment(caller: Caller, services: Services, way: str) -> None:
    await caller.calls()
    heard = await (caller.presses(way) if way == "0" else caller.says(way))
    assert heard.number == ADVISORS and heard.verbs == ("Gather", "Dial")
    (case,) = await rows(services, Case)
    assert (case.channel, case.state) == ("phone", "queued")


async def test_nothing_is_transcribed_unless_the_caller_says_yes(caller: Caller, services: Services) -> None:
    await caller.calls()
    heard = await caller.presses("0")
    assert heard.transcription is None and "transcrit" in heard.said
    assert (await consents(services)) == [False]


@pytest.mark.parametrize(
    ("words", "pressed", "given"),
    [
        ("oui", "", True),
        ("d'accord", "", True),
        ("", "1", True),
        ("non", "", False),
        ("je refuse", "", False),
        ("", "2", False),
        ("euh je sais pas", "", False),
    ],
)
async def test_the_caller_s_choice_about_transcription_is_stored_before_the_call_goes_on(
    caller: Caller, services: Services, words: str, pressed: str, given: bool
) -> None:
    await caller.calls()
    await caller.presses("0")
    heard = await (caller.presses(pressed) if pressed else caller.says(words))
    assert (heard.transcription is not None) is given
    assert heard.number == ADVISORS
    assert (await consents(services))[-1] is given


async def consents(services: Services) -> list[bool]:
    """The choices stored, oldest first."""
    events = sorted(await rows(services, CaseEvent), key=lambda event: event.created_at)
    return [event.data["given"] for event in events if event.kind == "transcription_consent"]


async def test_the_advisor_hears_who_asks_what_before_taking_the_call(caller: Caller) -> None:
    await caller.calls()
    await caller.says("comment devenir infirmière")
    transfer = await caller.presses("0")
    assert transfer.whisper is not None
    whispered = await caller.follow(transfer.whisper)
    assert "infirmier" in whispered.said and "Tapez 1" in whispered.said
    assert whispered.action is not None
    assert (await caller.follow(whispered.action, Digits="1")).verbs == ()
    assert (await caller.follow(whispered.action, Digits="2")).verbs == ("Hangup",)


async def test_when_no_advisor_picks_up_a_call_back_is_booked_by_day_and_slot(caller: Caller, services: Services) -> None:
    await caller.calls()
    transfer = await caller.presses("0")
    assert transfer.dialed is not None
    heard = await caller.follow(transfer.dialed, DialCallStatus="no-answer", DialBridged="false", DialCallDuration="0")
    assert "Aucun conseiller" in heard.said and "Quel jour" in heard.said
    await caller.says("vendredi")
    await caller.says("10 heures")
    assert "passer" in (await caller.says("oui")).said
    heard = await caller.says("madame Martin")
    assert "vous rappellera vendredi" in heard.said
    (callback,) = await rows(services, Callback)
    assert (callback.phone, callback.name, in_paris(callback.starts_at).hour) == (CALLER, "madame Martin", 10)


async def test_after_the_advisor_the_caller_is_offered_a_recap_and_thanked(caller: Caller, services: Services) -> None:
    await caller.calls()
    await caller.says("comment devenir infirmière")
    transfer = await caller.presses("0")
    heard = await caller.follow(transfer.dialed or "", DialCallStatus="completed", DialBridged="true", DialCallDuration="95")
    assert "résumé par SMS" in heard.said
    assert "call_bridged" in [event.kind for event in await rows(services, CaseEvent)]


async def test_out_of_hours_the_call_back_is_proposed_at_once(caller: Caller, services: Services) -> None:
    services.hours.mode = "never"
    await caller.calls()
    heard = await caller.says("je veux parler à un conseiller")
    assert "pas disponibles" in heard.said and "Quel jour" in heard.said
    assert heard.number is None


@pytest.mark.parametrize(("said", "hour"), [
    ("rappelez-moi vendredi à dix heures trente", 10), ("je veux être rappelé vendredi à trois heures de l'après-midi", 14),
    ("rappelez-moi vendredi, je finis à quinze heures trente", 15)])
async def test_aloud_too_nothing_is_booked_before_the_moment_was_said_back(
    caller: Caller, services: Services, said: str, hour: int
) -> None:
    services.hours.mode = "never"
    await caller.calls()
    heard = await caller.says(said)
    assert "D'accord : vendredi" in heard.said and f"entre {hour} heures" in heard.said
    assert await rows(services, Callback) == []
    await caller.says("oui")
    assert "vous rappellera vendredi" in (await caller.says("madame Martin")).said
    (callback,) = await rows(services, Callback)
    assert in_paris(callback.starts_at).hour == hour


async def test_without_a_number_for_advisors_nobody_waits_on_a_silent_line(caller: Caller, services: Services) -> None:
    services.settings.advisor_number = None
    await caller.calls()
    heard = await caller.presses("0")
    assert "Quel jour" in heard.said


async def test_a_number_can_be_typed_on_the_keypad(caller: Caller, services: Services) -> None:
    services.hours.mode = "never"
    await caller.calls()
    await caller.says("je veux parler à un conseiller")
    await caller.says("vendredi")
    await caller.says("10 heures")
    heard = await caller.says("un autre numéro")
    assert 'finishOnKey="#"' in heard.xml and "numDigits" not in heard.xml
    assert "nom" in (await caller.presses("0231000011")).said


@pytest.mark.parametrize("confidence", ["0.95", "0.15"])
async def test_distress_said_aloud_is_answered_at_once_and_put_through_without_a_question(
    caller: Caller, services: Services, engine: ScriptedEngine, confidence: str
) -> None:
    await caller.calls()
    heard = await caller.says("j'ai envie de mourir", confidence)
    assert "31 14" in heard.said
    assert heard.verbs == ("Say", "Say", "Dial") and heard.number == ADVISORS
    assert "Dites : suite" not in heard.said and "Touche" not in heard.said
    assert engine.turns == []
    assert len(await rows(services, Alert)) == 1


async def test_distress_out_of_hours_gives_the_numbers_and_keeps_listening(caller: Caller, services: Services) -> None:
    services.hours.mode = "never"
    await caller.calls()
    heard = await caller.says("j'ai envie de mourir")
    assert heard.said.startswith("Appelez le 31 14") and heard.verbs == ("Gather",)
    assert "Dites : suite" not in heard.said


async def test_the_recap_is_sent_by_sms_only_when_the_caller_says_yes(caller: Caller, services: Services) -> None:
    await caller.calls()
    await caller.says("comment devenir infirmière")
    heard = await caller.says("merci au revoir")
    assert "résumé par SMS" in heard.said
    assert await rows(services, OutboxRow) == []
    heard = await caller.says("oui")
    assert heard.verbs[-1] == "Hangup"
    (sent,) = await rows(services, OutboxRow)
    assert sent.payload["to"] == CALLER and "/fiches/metier/infirmier" in sent.payload["body"]


async def test_no_recap_is_sent_after_a_no(caller: Caller, services: Services) -> None:
    await caller.calls()
    await caller.says("comment devenir infirmière")
    await caller.says("au revoir")
    assert (await caller.says("non merci")).verbs[-1] == "Hangup"
    assert await rows(services, OutboxRow) == []


async def test_a_turn_that_twilio_delivers_twice_is_heard_once(
    caller: Caller, services: Services, engine: ScriptedEngine
) -> None:
    asked = await caller.calls()
    first = await caller.says("comment devenir infirmière")
    again = await caller.follow(asked.action or "", SpeechResult="comment devenir infirmière", Confidence="0.92")
    assert again.said == first.said
    assert len(engine.turns) == 1
    assert len([row for row in await rows(services, Message) if row.author == "citizen"]) == 1


async def test_a_caller_who_was_cut_off_in_the_middle_of_a_call_back_goes_on_from_there(
    caller: Caller, services: Services, client: httpx.AsyncClient
) -> None:
    services.hours.mode = "never"
    await caller.calls()
    await caller.says("être rappelé")
    await caller.says("vendredi")
    back = Caller(client, sid="CA" + "2" * 32)
    heard = await back.calls()
    assert "reprenons" in heard.said and "À quel moment" in heard.said
    assert "vous appeler au" in (await back.says("10 heures")).said


@pytest.mark.parametrize("number", ["anonymous", "+266696687", "Restricted", ""])
async def test_a_hidden_number_is_answered_and_never_taken_for_somebody_else(
    client: httpx.AsyncClient, services: Services, number: str
) -> None:
    first, second = Caller(client, number, "CA1"), Caller(client, number, "CA2")
    await first.calls()
    await second.calls()
    assert "infirmier" in (await first.says("comment devenir infirmière")).said
    assert first.hears.action != second.hears.action
    assert (await first.says("au revoir")).verbs[-1] == "Hangup"


async def test_the_line_answers_when_the_engine_is_down(caller: Caller, engine: ScriptedEngine) -> None:
    engine.dead = True
    await caller.calls()
    assert "conseiller" in (await caller.says("comment devenir infirmière")).said


async def test_a_fault_of_ours_is_a_french_sentence_not_a_silence(
    caller: Caller, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("disk full")

    await caller.calls()
    monkeypatch.setattr(services.relay, "receive", broken)
    heard = await caller.says("comment devenir infirmière")
    assert "problème technique" in heard.said


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/turn?conversation=x",
        "/consent?conversation=x",
        "/whisper?conversation=x",
        "/whispered?conversation=x",
        "/dialed?conversation=x",
        "/status",
    ],
)
async def test_every_address_of_a_call_wants_twilio_s_signature(
    client: httpx.AsyncClient, services: Services, path: str
) -> None:
    answer = await client.post(VOICE + path, data={"CallSid": "CA1", "From": CALLER})
    assert answer.status_code == 403
    assert await rows(services, Message) == []


async def test_a_caller_who_hangs_up_while_waiting_stays_in_the_queue_with_that_noted(
    caller: Caller, services: Services
) -> None:
    await caller.calls()
    await caller.presses("0")
    fields = {"CallSid": caller.sid, "From": CALLER, "CallStatus": "completed", "CallDuration": "41"}
    assert (await post(caller.client, PUBLIC, f"{VOICE}/status", fields, TOKEN)).status_code == 204
    (case,) = await rows(services, Case)
    assert case.state == "queued"
    assert "caller_hung_up" in [event.kind for event in await rows(services, CaseEvent)]


async def test_a_hidden_number_that_hangs_up_is_noted_on_its_own_case_and_its_words_are_kept(
    client: httpx.AsyncClient, services: Services
) -> None:
    hidden = Caller(client, "anonymous", "CA" + "7" * 32)
    await hidden.calls()
    await hidden.presses("0")
    heard = await hidden.says("oui")
    event = {"CallSid": hidden.sid, "TranscriptionEvent": "transcription-content", "Track": "inbound_track", "Final": "true",
             "SequenceId": "2", "TranscriptionData": '{"transcript": "Je cherche un stage.", "confidence": 0.9}'}
    assert (await post(client, PUBLIC, heard.transcription or "", event, TOKEN)).status_code == 204
    fields = {"CallSid": hidden.sid, "From": "anonymous", "CallStatus": "completed", "CallDuration": "41"}
    assert (await post(client, PUBLIC, f"{VOICE}/status", fields, TOKEN)).status_code == 204
    assert "caller_hung_up" in [item.kind for item in await rows(services, CaseEvent)]
    assert "Je cherche un stage." in [row.text for row in await rows(services, Message)]


async def test_suite_tells_what_the_written_answer_adds_then_that_this_is_all(caller: Caller, engine: ScriptedEngine) -> None:
    async def vae(turn: Turn) -> EngineAnswer:
        text = "La VAE donne un diplôme.\n\nComment faire : on monte un dossier avec un accompagnateur, puis un jury décide."
        return EngineAnswer((Reply(text, spoken="La VAE donne un diplôme."),), "vae", 0.9)

    engine.behaviour = vae
    await caller.calls()
    assert (await caller.says("c'est quoi la VAE")).said.startswith("La V A E donne un diplôme. Dites : suite")
    assert (await caller.says("suite")).said.startswith("Comment faire : on monte un dossier")
    assert "C'est tout" in (await caller.says("suite")).said
    assert len(engine.turns) == 1
