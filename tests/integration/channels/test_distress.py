"""Distress: the fixed text at once, in every mode; a person alerted; a failure to reach anybody visible."""

from __future__ import annotations

from channels.outbox import Job, PermanentSendError, Sent
from channels.principal import Principal
from channels.services import Services
from tests.integration.channels.conftest import ScriptedEngine
from tests.integration.channels.talk import sms, web


class Provider:
    """A sender of SMS that takes everything, or refuses everything."""

    kind = "sms"

    def __init__(self, refuse: str | None = None) -> None:
        self.refuse, self.sent = refuse, []

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
