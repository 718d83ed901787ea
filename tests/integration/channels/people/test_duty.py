"""Whom an alert reaches: the person on duty, the contact of the settings as the last resort, or visibly nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from channels.case.views import AlertView
from channels.delivery.outbox import Job, PermanentSendError, Sent, TransientSendError
from channels.errors import Forbidden, Invalid
from channels.people.duty import NewShift
from channels.people.principal import Principal
from channels.services import Services
from clock import now
from tests.integration.channels.conftest import make_advisor
from tests.integration.channels.talk import web

pytestmark = pytest.mark.any_clock

MOBILE, RESORT = "+33639980001", "+33639980009"


class Provider:
    """Takes SMS; refuses, or is away for, the numbers of `errors`."""

    kind = "sms"

    def __init__(self, **errors: Exception) -> None:
        self.sent: list[str] = []
        self.errors: dict[str, Exception] = {f"+{number[1:]}": error for number, error in errors.items()}

    async def send(self, job: Job) -> Sent:
        """Remembers where it went."""
        if job.to in self.errors:
            raise self.errors[job.to]
        self.sent.append(job.to)
        return Sent("SM1")

    async def look_up(self, job: Job) -> Sent | None:
        """Nothing is ever ambiguous here."""
        return None


async def _chief(services: Services) -> Principal:
    return await make_advisor(services, "claire@exemple.fr", "Claire", role="superviseur")


async def _on_duty(services: Services, chief: Principal, who: Principal, mobile: str = MOBILE, team: str = "") -> None:
    await services.duty.add(chief, NewShift(who.account_id, "00:00", "00:00", range(7), team=team))
    await services.duty.set_mobile(chief, who.account_id, mobile)


async def _distress(services: Services, provider: Provider, who: Principal) -> AlertView:
    services.outbox.register(provider)
    await web(services, await services.chat.open_session(), "je veux mourir")
    await services.outbox.deliver_due()
    return (await services.alerts.open(who))[0]


async def test_the_person_on_duty_is_told_and_named(services: Services, advisor: Principal) -> None:
    services.settings.oncall_sms = RESORT
    await _on_duty(services, await _chief(services), advisor)
    provider = Provider()
    alert = await _distress(services, provider, advisor)
    assert provider.sent == [MOBILE], "the contact of the settings is the last resort"
    assert (alert.state, alert.told, alert.error) == ("sent", advisor.name, None)


async def test_when_the_person_on_duty_cannot_be_reached_the_last_resort_is_told_and_both_are_seen(
        services: Services, advisor: Principal) -> None:
    services.settings.oncall_sms = RESORT
    await _on_duty(services, await _chief(services), advisor)
    provider = Provider(n33639980001=PermanentSendError("30005"))
    alert = await _distress(services, provider, advisor)
    assert provider.sent == [RESORT]
    assert (alert.state, alert.told) == ("sent", f"{advisor.name}, contact de secours")
    assert alert.error == f"{advisor.name} : envoi impossible (30005)"


async def test_when_nobody_at_all_can_be_reached_everybody_sees_it(services: Services, advisor: Principal) -> None:
    await _on_duty(services, await _chief(services), advisor)
    alert = await _distress(services, Provider(n33639980001=PermanentSendError("30005")), advisor)
    assert (alert.state, alert.error) == ("failed", "envoi impossible (30005)")


async def test_what_has_not_left_for_two_minutes_goes_to_the_last_resort_too(services: Services, advisor: Principal) -> None:
    services.settings.oncall_sms = RESORT
    await _on_duty(services, await _chief(services), advisor)
    provider = Provider(n33639980001=TransientSendError())
    alert = await _distress(services, provider, advisor)
    assert alert.state == "pending"
    with time_machine.travel(now() + timedelta(minutes=3)):
        assert await services.db.write(services.duty.alerting.escalate) == 1
        assert await services.db.write(services.duty.alerting.escalate) == 0
        await services.outbox.deliver_due()
        alert = (await services.alerts.open(advisor))[0]
    assert provider.sent == [RESORT]
    assert alert.state == "sent" and "pas encore parti" in (alert.error or "")


async def test_a_hole_in_the_week_and_somebody_out_of_reach_are_told_apart(services: Services, advisor: Principal) -> None:
    chief = await _chief(services)
    await _on_duty(services, chief, advisor, mobile="")
    alert = await _distress(services, Provider(), advisor)
    assert alert.error is not None and alert.error.startswith("Anne n'a donné ni mobile ni courriel")
    await services.accounts.create("ada@exemple.fr", "admin", name="Ada")
    ada = await services.accounts.by_key(await services.accounts.create_key("ada@exemple.fr"))
    await services.duty.add(chief, NewShift(chief.account_id, "00:00", "00:00", [(now() + timedelta(days=3)).weekday()]))
    await services.accounts.update(ada, advisor.account_id, active=False)
    alert = await _distress(services, Provider(), chief)
    assert alert.error is not None and alert.error.startswith("personne n'est d'astreinte")


async def test_a_trial_tells_the_person_on_duty_and_shows_that_it_arrived(services: Services, advisor: Principal) -> None:
    chief = await _chief(services)
    await _on_duty(services, chief, advisor)
    provider = Provider()
    services.outbox.register(provider)
    await services.duty.trial(chief)
    await services.outbox.deliver_due()
    alert = (await services.alerts.open(chief))[0]
    assert (provider.sent, alert.kind, alert.state) == ([MOBILE], "trial", "sent")


async def test_supervisors_change_the_week_and_each_their_own_mobile_no_landline(services: Services, advisor: Principal) -> None:
    chief = await _chief(services)
    with pytest.raises(Forbidden):
        await services.duty.add(advisor, NewShift(advisor.account_id, "08:00", "18:00", [0]))
    with pytest.raises(Forbidden):
        await services.duty.set_mobile(advisor, chief.account_id, MOBILE)
    await services.duty.set_mobile(advisor, advisor.account_id, "06 39 98 00 01")
    assert await services.duty.mobile(advisor) == MOBILE
    with pytest.raises(Invalid):
        await services.duty.set_mobile(advisor, advisor.account_id, "02 31 00 00 11")


async def test_a_shift_that_makes_no_sense_is_refused(services: Services, advisor: Principal) -> None:
    chief = await _chief(services)
    wrongs: tuple[dict[str, object], ...] = ({"starts": "25:00"}, {"ends": "tard"}, {"weekdays": []}, {"weekdays": [7]},
                                             {"day": "2020-01-01"}, {"day": "demain"})
    for wrong in wrongs:
        values = {"account_id": advisor.account_id, "starts": "08:00", "ends": "18:00", "weekdays": [0], **wrong}
        with pytest.raises(Invalid):
            await services.duty.add(chief, NewShift(**values))  # type: ignore[arg-type]
    assert all(not day.shifts for day in (await services.duty.rota(chief)).days)
