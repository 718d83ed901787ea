"""Distress: the fixed text at once, in every mode; a person alerted; a failure to reach anybody visible."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from channels.conversation.engine import EngineAnswer, Turn
from channels.delivery.outbox import Job, PermanentSendError, Sent
from channels.messages import Command, Reply
from channels.people.principal import Principal
from channels.safety.hearing import Ear, Heard, Level
from channels.services import Services
from tests.integration.channels.conftest import ScriptedEngine
from tests.integration.channels.talk import sms, web


class Provider:
    """A sender of SMS that takes everything, or refuses everything."""

    kind = "sms"

    def __init__(self, refuse: str | None = None) -> None:
        self.refuse = refuse
        self.sent: list[tuple[str, str]] = []

    async def send(self, job: Job) -> Sent:
        if self.refuse:
            raise PermanentSendError(self.refuse)
        self.sent.append((job.to, job.body))
        return Sent(f"SM{len(self.sent)}")

    async def look_up(self, job: Job) -> Sent | None:
        return None


async def test_the_numbers_come_first_and_a_case_is_opened(
        services: Services, engine: ScriptedEngine, advisor: Principal) -> None:
    engine.dead = True
    session = await services.chat.open_session()
    answer = await web(services, session, "jveu mourir")
    assert answer.messages[0].author == "system"
    assert answer.messages[0].text.startswith("3114")
    case = (await services.cases.list(advisor))[0]
    assert (case.urgency, case.topic, case.state) == ("detresse", 31, "queued")
    assert engine.turns == []


async def test_it_goes_out_also_while_a_person_has_the_conversation(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    case = await services.cases.take_over(advisor, session.session_id)
    answer = await web(services, session, "mon père me frappe")
    assert answer.mode == "human"
    assert "119" in answer.messages[0].text
    assert (await services.cases.get(advisor, case.id)).row.urgency == "detresse"


async def test_a_line_of_help_that_the_net_alone_suspects_is_not_said_again_for_the_same_help(
        services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    suspects = {"ça va": ("suicide",), "bof": ("suicide",), "et lui": ("suicide", "couple")}
    heard = {text: Heard(Level.SOFT, kinds, words=text, by_words=False) for text, kinds in suspects.items()}
    monkeypatch.setattr(Ear, "hear", lambda _, text: heard.get(text))
    session = await services.chat.open_session()
    first, again, other = [await web(services, session, text) for text in suspects]
    assert "3114" in first.messages[-1].text
    assert all("3114" not in message.text for message in again.messages)
    assert "3919" in other.messages[-1].text


async def test_what_the_words_say_is_offered_each_time(services: Services) -> None:
    session = await services.chat.open_session()
    for text in ("mon mari dit que si je pars il prendra les enfants et qu'il me fera la peau",) * 2:
        answer = await web(services, session, text)
        assert any("3919" in message.text for message in answer.messages)


async def test_it_goes_out_to_a_number_that_said_stop(services: Services) -> None:
    provider = Provider()
    services.outbox.register(provider)
    await sms(services, "STOP")
    await sms(services, "coiffeur")
    await sms(services, "je veux mourir")
    await services.outbox.deliver_due()
    assert len(provider.sent) == 2
    assert provider.sent[1][1].startswith("3114")


async def test_nobody_to_alert_is_a_failure_that_everybody_sees(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await web(services, session, "je veux mourir")
    alert = (await services.alerts.open(advisor))[0]
    assert (alert.state, alert.error) == ("failed", "aucun contact d'astreinte n'est configuré")


async def test_the_alert_reaches_the_on_call_number_without_anything_personal(services: Services, advisor: Principal) -> None:
    services.settings.oncall_sms = "+33611111111"
    provider = Provider()
    services.outbox.register(provider)
    session = await services.chat.open_session()
    await web(services, session, "je veux mourir, je m'appelle Camille")
    await services.outbox.deliver_due()
    assert [to for to, _ in provider.sent] == ["+33611111111"]
    assert "Camille" not in provider.sent[0][1]
    assert (await services.alerts.open(advisor))[0].state == "sent"


async def test_an_alert_that_could_not_be_sent_is_shown(services: Services, advisor: Principal) -> None:
    services.settings.oncall_sms = "+33611111111"
    services.outbox.register(Provider(refuse="21211"))
    session = await services.chat.open_session()
    await web(services, session, "je veux mourir")
    await services.outbox.deliver_due()
    alert = (await services.alerts.open(advisor))[0]
    assert (alert.state, alert.error) == ("failed", "envoi impossible (21211)")
    await services.alerts.acknowledge(advisor, alert.id)
    assert await services.alerts.open(advisor) == []


async def test_what_the_engine_takes_for_distress_alone_alarms_nobody(
        services: Services, engine: ScriptedEngine, advisor: Principal) -> None:
    async def behaviour(turn: Turn) -> EngineAnswer:
        command = Command("handover", {"reason": "detresse", "urgency": "detresse"})
        return EngineAnswer((Reply("Ce que vous vivez compte.", command=command, topic=31), Reply("Le CAP.")), "x", 0.9, (), {})

    engine.behaviour = behaviour
    session = await services.chat.open_session()
    answer = await web(services, session, "une phrase que rien ne remarque")
    assert [message.text for message in answer.messages] == ["Le CAP."]
    assert await services.cases.list(advisor) == []


def saying(reply: Reply) -> Callable[[Turn], Awaitable[EngineAnswer]]:
    """An engine that always answers this."""
    async def behaviour(turn: Turn) -> EngineAnswer:
        return EngineAnswer((reply,), "question", 0.9, (), {})

    return behaviour


async def test_the_question_of_the_message_is_answered_after_the_numbers(services: Services, engine: ScriptedEngine) -> None:
    engine.behaviour = saying(Reply("Deux internats près de Caen.", topic=9))
    session = await services.chat.open_session()
    answer = await web(services, session, "slt jcherche un internat vers Caen, mon beau pere me cogne")
    assert [message.author for message in answer.messages] == ["system", "bot"]
    assert answer.messages[0].text.startswith("119")
    assert [turn.text for turn in engine.turns] == ["slt jcherche un internat vers Caen"]


async def test_after_the_numbers_no_small_talk_is_told(services: Services, engine: ScriptedEngine) -> None:
    engine.behaviour = saying(Reply("Je suis là pour parler métiers et formations : que puis-je chercher pour vous ?"))
    session = await services.chat.open_session()
    answer = await web(services, session, "bonjour je voulais changer de lycée, mon beau pere me cogne")
    assert [message.author for message in answer.messages] == ["system"]


async def test_after_the_numbers_nothing_is_said_of_not_understanding(services: Services, engine: ScriptedEngine) -> None:
    async def behaviour(turn: Turn) -> EngineAnswer:
        return EngineAnswer((Reply("Je ne suis pas sûr d'avoir compris.", understood=False),), None, 0.0, (), {})

    engine.behaviour = behaviour
    session = await services.chat.open_session()
    answer = await web(services, session, "mon père me frappe, c'est comme ça depuis toujours ici")
    assert [message.author for message in answer.messages] == ["system"]


async def test_with_the_engine_down_the_numbers_are_all_that_is_said(services: Services, engine: ScriptedEngine) -> None:
    engine.dead = True
    session = await services.chat.open_session()
    answer = await web(services, session, "mon père me frappe, je cherche un internat vers Caen")
    assert [message.author for message in answer.messages] == ["system"]


async def test_several_themes_get_one_text_with_each_number_the_most_urgent_first(services: Services) -> None:
    session = await services.chat.open_session()
    answer = await web(services, session, "je veux mourir, mon mari me frappe")
    assert len(answer.messages) == 1
    assert answer.messages[0].text.startswith("3114")
    assert "3919" in answer.messages[0].text


async def test_it_goes_out_while_one_waits_for_a_person_and_the_case_becomes_urgent(
        services: Services, engine: ScriptedEngine, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await web(services, session, "je veux parler à un conseiller")
    answer = await web(services, session, "en fait mon beau-père me frappe")
    assert (answer.mode, answer.messages[0].author) == ("queued", "system")
    cases = await services.cases.list(advisor)
    assert [(case.urgency, case.state) for case in cases] == [("detresse", "queued")]
    assert engine.turns == []


async def test_it_goes_out_in_the_middle_of_a_form(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await web(services, session, "rappelez-moi")
    answer = await web(services, session, "jveu mourir")
    assert answer.messages[0].text.startswith("3114")
    assert (await services.cases.list(advisor))[0].urgency == "detresse"


async def test_it_goes_out_after_the_end_of_a_case_and_opens_one(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    case = await services.cases.take_over(advisor, session.session_id)
    await services.cases.close(advisor, case.id, "informe")
    answer = await web(services, session, "je me fais harceler au lycée")
    assert (answer.messages[0].author, answer.messages[0].text[:4]) == ("system", "3018")
    assert [found.urgency for found in await services.cases.list(advisor)] == ["detresse"]


async def test_it_goes_out_when_advisors_are_away_and_somebody_is_alerted(services: Services, advisor: Principal) -> None:
    services.hours.mode = "never"
    session = await services.chat.open_session()
    answer = await web(services, session, "il est derrière la porte il veut me tuer")
    assert answer.messages[0].text.startswith("17")
    assert [alert.theme for alert in await services.alerts.open(advisor)] == ["danger"]


async def test_the_advisor_who_has_the_conversation_and_the_on_call_contact_are_alerted_at_once(
        services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    case = await services.cases.take_over(advisor, session.session_id)
    await web(services, session, "g envi de mourir")
    assert [(alert.theme, alert.case_id) for alert in await services.alerts.open(advisor)] == [("suicide", case.id)]


async def test_the_first_sms_of_all_is_answered_by_the_numbers_first(services: Services) -> None:
    provider = Provider()
    services.outbox.register(provider)
    await sms(services, "mon pere me tape")
    await services.outbox.deliver_due()
    assert provider.sent[0][1].startswith(("17", "119"))
    assert len(provider.sent[0][1]) <= 306


async def test_the_advisor_sees_the_words_that_raised_the_alarm_whatever_was_asked_before(
        services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await web(services, session, "je cherche un CAP coiffure")
    await web(services, session, "je cherche un internat vers Caen, mon beau-père me cogne")
    case = (await services.cases.list(advisor))[0]
    asks = (await services.cases.get(advisor, case.id)).parts["asks"]
    assert "mon beau-père me cogne" in asks[0]
    assert "je cherche un internat" in asks[1]
