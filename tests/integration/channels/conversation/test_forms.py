"""The short forms: call-back out of hours, recap, feedback, erasure; all with the engine down."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine
from sqlalchemy import select

from channels.case.views import Answer
from channels.conversation.engine import EngineAnswer, Turn
from channels.errors import Unauthorized
from channels.messages import Card, Command
from channels.people.principal import Principal
from channels.services import Services
from channels.settings import Settings
from channels.store.models import Feedback
from clock import PARIS
from tests.integration.channels.conftest import ScriptedEngine
from tests.integration.channels.conftest import said as answering
from tests.integration.channels.talk import press, sms, web

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=PARIS)


@pytest.fixture
def settings(settings: Settings, engine: ScriptedEngine) -> Settings:
    engine.dead = True
    return settings.model_copy(update={"opening": "never"})


@time_machine.travel(MONDAY, tick=True)
async def test_out_of_hours_a_call_back_is_booked_by_buttons(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    answer = await web(services, session, "je veux parler à un conseiller")
    assert answer.mode == "bot"
    assert "rappeler" in answer.messages[0].text
    answer = await press(services, session, answer, "mardi 24 novembre")
    answer = await press(services, session, answer, "entre 10 h et 11 h")
    answer = await web(services, session, "06 12 34 56 78")
    answer = await press(services, session, answer, "Passer")
    assert answer.mode == "callback"
    assert answer.messages[0].text.startswith("C'est noté : un conseiller vous rappellera mardi 24 novembre, entre 10 h et 11 h")
    booked = (await services.callbacks.list(advisor))[0]
    assert (booked.phone, booked.name, booked.starts_at) == ("+33612345678", None, datetime(2026, 11, 24, 10, tzinfo=PARIS))


async def asks_for_tuesday_at_ten(services: Services, number: str) -> Answer:
    session = await services.chat.open_session()
    await web(services, session, "rappelez-moi mardi à 10h")
    await web(services, session, number)
    return await web(services, session, "passer")


@time_machine.travel(MONDAY, tick=True)
async def test_a_slot_is_full_once_as_many_calls_are_promised_as_can_be_made(services: Services, advisor: Principal) -> None:
    for number in range(services.settings.callbacks_a_slot):
        assert (await asks_for_tuesday_at_ten(services, f"06 12 34 56 7{number}")).mode == "callback"
    session = await services.chat.open_session()
    answer = await web(services, session, "rappelez-moi mardi à 10h")
    assert "n'est plus disponible" in answer.messages[0].text and answer.mode == "bot"
    assert len(await services.callbacks.list(advisor)) == services.settings.callbacks_a_slot


@time_machine.travel(MONDAY, tick=True)
async def test_a_number_is_promised_one_call_whoever_asks(services: Services, advisor: Principal) -> None:
    await asks_for_tuesday_at_ten(services, "06 12 34 56 78")
    again = await asks_for_tuesday_at_ten(services, "+33 6 12 34 56 78")
    assert "déjà prévu" in again.messages[0].text and again.mode == "bot"
    assert len(await services.callbacks.list(advisor)) == 1


@time_machine.travel(MONDAY, tick=True)
async def test_a_number_abroad_is_not_called(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await web(services, session, "rappelez-moi mardi à 10h")
    assert "numéros de France" in (await web(services, session, "+252 61 234 5678")).messages[0].text
    assert await services.callbacks.list(advisor) == []


@time_machine.travel(MONDAY, tick=True)
async def test_the_form_reads_words_and_refuses_what_cannot_be(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await web(services, session, "rappelez-moi")
    assert "ne rappellent pas samedi" in (await web(services, session, "samedi")).messages[0].text
    assert "À quel numéro" in (await web(services, session, "jeudi à 14h")).messages[0].text
    assert "dix chiffres" in (await web(services, session, "06 12")).messages[0].text
    assert "dix chiffres" in (await web(services, session, "0 800 05 00 00")).messages[0].text
    await web(services, session, "c'est le 02 31 06 78 90")
    answer = await web(services, session, "Camille")
    assert answer.mode == "callback"
    booked = (await services.callbacks.list(advisor))[0]
    assert (booked.phone, booked.name) == ("+33231067890", "Camille")


@time_machine.travel(MONDAY, tick=True)
async def test_a_day_said_with_the_request_is_not_asked_again_and_no_number_is_no_misreading(services: Services) -> None:
    session = await services.chat.open_session()
    answer = await web(services, session, "rappelez-moi jeudi")
    assert "À quel moment, jeudi 26 novembre" in answer.messages[0].text
    await web(services, session, "10h")
    answer = await web(services, session, "j'ai pas de téléphone")
    assert "Sans numéro" in answer.messages[0].text
    assert "pas réussi à noter" not in (await web(services, session, "pas de numéro")).messages[0].text


@time_machine.travel(MONDAY, tick=True)
async def test_a_number_said_with_the_request_is_not_asked_again(
    services: Services, engine: ScriptedEngine, advisor: Principal
) -> None:
    async def asks_a_call(turn: Turn) -> EngineAnswer:
        return answering("D'accord.", command=Command("callback", {"said": turn.text}))

    engine.dead, engine.behaviour = False, asks_a_call
    session = await services.chat.open_session()
    words = "bonjour c'est pour mon fils qui veut changer de lycée, quelqu'un pourrait rappeler jeudi à 10h au 06 12 34 56 78 ?"
    assert "Quel nom" in (await web(services, session, words)).messages[-1].text
    assert "06 12" not in (engine.turns[0].text or "")
    assert (await web(services, session, "passer")).mode == "callback"
    assert (await services.callbacks.list(advisor))[0].phone == "+33612345678"


@time_machine.travel(MONDAY, tick=True)
async def test_a_booked_call_is_moved_then_cancelled_in_the_conversation(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    for said in ("rappelez-moi jeudi 10h", "06 12 34 56 78", "passer"):
        booked = await web(services, session, said)
    assert booked.mode == "callback"
    for said in ("je voudrais changer mon rappel vendredi", "14h", "oui"):
        moved = await web(services, session, said)
    assert "vendredi 27 novembre" in moved.messages[0].text
    assert [row.starts_at.day for row in await services.callbacks.list(advisor)] == [27]
    cancelled = await press(services, session, moved, "Annuler le rappel")
    assert (cancelled.mode, cancelled.messages[0].text[:23]) == ("bot", "Votre rappel est annulé")
    assert "pas de rappel prévu" in (await web(services, session, "annuler mon rappel")).messages[0].text


@time_machine.travel(MONDAY, tick=True)
async def test_by_sms_the_senders_own_number_is_proposed(services: Services, advisor: Principal) -> None:
    await sms(services, "rappelez moi")
    await sms(services, "1")
    assert "06 12 34 56 78" in (await sms(services, "10h")).messages[0].text
    await sms(services, "oui")
    answer = await sms(services, "non")
    assert answer.mode == "callback"
    assert (await services.callbacks.list(advisor))[0].phone == "+33612345678"


@time_machine.travel(MONDAY, tick=True)
async def test_a_form_can_be_left_and_an_aside_brings_its_question_back(services: Services, engine: ScriptedEngine) -> None:
    engine.dead = False
    session = await services.chat.open_session()
    await web(services, session, "rappelez-moi")
    aside = await web(services, session, "au fait, c'est payant ?")
    assert aside.messages[0].text == "Réponse à au fait, c'est payant ?"
    assert "Quel jour" in aside.messages[1].text
    assert "j'annule" in (await web(services, session, "annuler")).messages[0].text
    assert (await web(services, session, "coiffeur")).messages[0].text == "Réponse à coiffeur"


async def test_too_many_misreadings_leave_the_form(services: Services) -> None:
    session = await services.chat.open_session()
    await web(services, session, "rappelez-moi")
    answers = [await web(services, session, "euh") for _ in range(3)]
    assert "Je n'ai pas réussi à noter" in answers[-1].messages[0].text


@time_machine.travel(MONDAY, tick=True)
async def test_a_call_that_was_made_closes_its_case(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    for said in ("rappelez-moi", "jeudi 10h", "06 12 34 56 78", "passer"):
        await web(services, session, said)
    booked = (await services.callbacks.list(advisor))[0]
    second = await services.callbacks.no_answer(advisor, booked.id)
    assert second.starts_at > booked.starts_at
    await services.callbacks.done(advisor, booked.id)
    case = (await services.cases.list(advisor, state="closed"))[0]
    assert case.outcome == "rappel_fait"


async def test_feedback_is_asked_and_stored(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    case = await services.cases.take_over(advisor, session.session_id)
    await services.cases.close(advisor, case.id, "informe")
    closing = (await services.chat.events(session.session_id, 0)).messages[-1]
    answer = await web(services, session, action=closing.wire()["quick_replies"][0]["action"])
    answer = await press(services, session, answer, "5")
    answer = await web(services, session, "Parfait !")
    assert "Merci pour votre avis" in answer.messages[0].text


async def test_erasure_by_sms_leaves_nothing_but_the_goodbye(services: Services, engine: ScriptedEngine) -> None:
    engine.dead = False
    first = await sms(services, "bonjour")
    await sms(services, "EFFACER")
    await sms(services, "oui")
    events = services.chat.events(first.conversation_id, 0)
    with pytest.raises(Exception, match="n'existe pas"):
        await events
    with pytest.raises(Exception, match="Rien n'est enregistré"):
        await services.persons.export("06 12 34 56 78")


async def test_the_citizen_erases_the_web_session(services: Services) -> None:
    session = await services.chat.open_session()
    await web(services, session, "bonjour")
    await services.chat.erase(session.session_id)
    with pytest.raises(Unauthorized):
        await services.chat.session(session.token)

@time_machine.travel(MONDAY, tick=True)
@pytest.mark.parametrize(("said", "told"), [
    ("rappelez-moi demain à 3h de l'après-midi", "mardi 24 novembre, entre 14 h 30 et 15 h 30"),
    ("rappelez-moi mardi en huit à 10h", "mardi 1er décembre, entre 10 h et 11 h"),
    ("rappelez-moi pas demain, jeudi à 9h", "jeudi 26 novembre, entre 9 h et 10 h"),
    ("rappelez-moi demain après 15h", "mardi 24 novembre, entre 15 h 30 et 16 h 30"),
    ("rappelez-moi demain entre 14h et 16h", "mardi 24 novembre, entre 14 h 30 et 15 h 30"),
    ("rappelez-moi plutôt jeudi que demain, à 9h", "jeudi 26 novembre, entre 9 h et 10 h"),
    ("rappelez-moi demain, je finis à 15h30", "mardi 24 novembre, entre 15 h 30 et 16 h 30"),
    ("rappelez-moi la semaine prochaine mardi à onze heures moins dix", "mardi 1er décembre, entre 10 h et 11 h"),
])
async def test_the_moment_said_is_said_back_before_it_is_booked(
    services: Services, advisor: Principal, said: str, told: str
) -> None:
    session = await services.chat.open_session()
    answer = await web(services, session, said)
    assert answer.messages[0].text.startswith(f"D'accord : {told}.") and answer.mode == "bot"
    await web(services, session, "06 12 34 56 78")
    booked = await web(services, session, "passer")
    assert told in booked.messages[0].text and booked.mode == "callback"


@time_machine.travel(MONDAY, tick=True)
@pytest.mark.parametrize(("said", "told"), [
    ("rappelez moi demain a 3h de l'apres midi", "mardi 24 novembre, entre 14 h 30 et 15 h 30"),
    ("rappelez moi pas demain, jeudi 9h", "jeudi 26 novembre, entre 9 h et 10 h"),
    ("rapelez moi mar. en fin de matinee", "mardi 24 novembre, entre 11 h et 12 h"),
])
async def test_by_sms_too_nothing_is_booked_before_the_moment_was_said_back(
    services: Services, advisor: Principal, said: str, told: str
) -> None:
    answer = await sms(services, said)
    assert f"D'accord : {told}." in (answer.messages[0].sms or "") and await services.callbacks.list(advisor) == []
    await sms(services, "oui")
    booked = await sms(services, "passer")
    assert told in booked.messages[0].text and len(await services.callbacks.list(advisor)) == 1


@time_machine.travel(MONDAY, tick=True)
@pytest.mark.parametrize(("said", "answered"), [
    ("rappelez-moi demain à 20h", "Les conseillers ne rappellent pas à ce moment-là mardi 24 novembre"),
    ("rappelez-moi samedi à 10h", "ne rappellent pas samedi 28 novembre"),
    ("rappelez-moi à 22h", "ne rappellent pas à cette heure-là"),
    ("rappelez-moi le 31 février", "Je ne connais pas ce jour ou cette heure"),
    ("rappelez-moi mardi ou jeudi", "Plusieurs jours conviennent"),
    ("rappelez-moi après 15h", "Plusieurs moments conviennent"),
    ("rappelez-moi demain à minuit", "ne rappellent pas à ce moment-là mardi 24 novembre"),
    ("rappelez-moi du mardi au jeudi", "Plusieurs jours conviennent"),
    ("rappelez-moi le week-end", "ne rappellent pas samedi 28 novembre ni dimanche 29 novembre"),
    ("rappelez-moi pas avant jeudi", "Plusieurs jours conviennent"),
    ("rappelez-moi lundi 8", "Je ne connais pas ce jour ou cette heure"),
])
async def test_what_cannot_be_offered_is_said_and_never_replaced(services: Services, said: str, answered: str) -> None:
    session = await services.chat.open_session()
    answer = await web(services, session, said)
    assert answered in answer.messages[0].text and len(answer.messages[0].wire()["quick_replies"]) >= 2


@time_machine.travel(MONDAY, tick=True)
async def test_the_moment_can_be_corrected_at_every_later_question(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await web(services, session, "rappelez-moi demain à 10h")
    assert "jeudi 26 novembre, entre 15 h 30" in (await web(services, session, "non, jeudi à 16h")).messages[0].text
    named = await web(services, session, "06 12 34 56 78")
    assert "Quel nom" in named.messages[0].text
    assert "vendredi 27 novembre, entre 9 h" in (await web(services, session, "finalement vendredi 9h")).messages[0].text
    assert (await web(services, session, "Mme Lundi")).mode == "callback"
    booked = (await services.callbacks.list(advisor))[0]
    assert (booked.starts_at, booked.name) == (datetime(2026, 11, 27, 9, tzinfo=PARIS), "Mme Lundi")


@time_machine.travel(MONDAY, tick=True)
async def test_another_moment_for_a_promised_call_is_confirmed_first(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    for said in ("rappelez-moi jeudi 10h", "06 12 34 56 78", "passer"):
        await web(services, session, said)
    asked = await web(services, session, "pas jeudi, vendredi à 14h")
    assert "Je déplace votre rappel : vendredi 27 novembre, entre 13 h 30 et 14 h 30." in asked.messages[0].text
    assert (await services.callbacks.list(advisor))[0].starts_at.day == 26
    await web(services, session, "oui")
    assert (await services.callbacks.list(advisor))[0].starts_at.day == 27


@time_machine.travel(MONDAY, tick=True)
async def test_by_sms_a_date_is_not_taken_for_the_number_of_a_choice(services: Services) -> None:
    await sms(services, "rappelez moi")
    assert "jeudi 3 décembre" in (await sms(services, "le 3")).messages[0].text


async def test_a_conversation_is_rated_once(services: Services) -> None:
    session = await services.chat.open_session()
    for score in (1, 3, 5, 4):
        await services.chat.feedback(session.session_id, score)
    await press(services, session, await web(services, session, action="feedback"), "2")
    rows = await services.db.read(lambda session: session.scalars(select(Feedback)).all())
    assert [row.score for row in rows] == [2]


@time_machine.travel(MONDAY, tick=True)
async def test_a_recap_is_sent_to_french_mobiles_only_and_a_few_times(services: Services, engine: ScriptedEngine) -> None:
    async def shows_a_sheet(turn: Turn) -> EngineAnswer:
        return answering("Voici.", cards=(Card("metier", "coiffeur", "Coiffeur"),))

    engine.dead, engine.behaviour = False, shows_a_sheet
    await sms(services, "bonjour", sender="+33612345678")
    session = await services.chat.open_session()
    await web(services, session, "coiffeur")
    await web(services, session, action="recap_sms")
    assert "mobile français" in (await web(services, session, "+992 93 123 4567")).messages[0].text
    assert "C'est envoyé" in (await web(services, session, "06 12 34 56 78")).messages[0].text
    for _ in range(3):
        await web(services, session, action="recap_sms")
        await web(services, session, "06 12 34 56 78")
    await web(services, session, action="recap_sms")
    assert "plusieurs fois" in (await web(services, session, "07 55 55 12 34")).messages[0].text


@time_machine.travel(MONDAY, tick=True)
async def test_a_telephones_reaction_is_not_a_message(services: Services, engine: ScriptedEngine) -> None:
    answer = await sms(services, "A aimé « 3018 : cyberharcèlement, appelez maintenant »")
    assert (list(answer.messages), answer.mode, engine.turns) == ([], "bot", [])


@time_machine.travel(MONDAY, tick=True)
async def test_a_wish_that_may_be_stop_is_asked(services: Services) -> None:
    answer = await sms(services, "j'en ai marre de vos sms")
    assert "répondez STOP" in (answer.messages[0].sms or answer.messages[0].text)
