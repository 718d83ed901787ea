"""What leaves by a provider: once, in order, with an end that somebody sees."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from channels.delivery.outbox import BACKOFF, AmbiguousSendError, Job, PermanentSendError, Sent, TransientSendError
from channels.errors import Invalid, NotFound
from channels.people.principal import Principal
from channels.services import Services
from channels.store.models import OutboxRow
from clock import now
from tests.integration.channels.talk import sms


class Provider:
    """A sender whose fate the test decides, send by send."""

    kind = "sms"

    def __init__(self, *fates: Exception | None, known: Sent | None = None) -> None:
        self.fates, self.known = list(fates), known
        self.sent: list[str] = []
        self.looked_up = 0

    async def send(self, job: Job) -> Sent:
        fate = self.fates.pop(0) if self.fates else None
        if fate is not None:
            raise fate
        self.sent.append(job.body)
        return Sent(f"SM{job.id}", "queued")

    async def look_up(self, job: Job) -> Sent | None:
        self.looked_up += 1
        return self.known


async def rows(services: Services) -> list[OutboxRow]:
    return await services.db.read(lambda session: list(session.scalars(select(OutboxRow).order_by(OutboxRow.id))))


async def send(services: Services, provider: Provider, *texts: str) -> None:
    services.outbox.register(provider)
    for text in texts:
        await sms(services, text)
    await services.outbox.deliver_due()


async def test_replies_leave_in_order_and_the_first_says_the_assistant_is_automatic(services: Services) -> None:
    provider = Provider()
    await send(services, provider, "un", "deux", "trois")
    assert provider.sent == ["Parcours-Métiers, assistant automatique.\nRéponse à un", "Réponse à deux", "Réponse à trois"]


async def test_what_failed_for_a_moment_is_tried_again_and_holds_the_next_back(services: Services) -> None:
    provider = Provider(TransientSendError())
    await send(services, provider, "un", "deux")
    assert provider.sent == []
    with time_machine.travel(now() + timedelta(seconds=BACKOFF[0] + 1)):
        await services.outbox.deliver_due()
    assert len(provider.sent) == 2


async def test_after_the_last_try_the_row_fails_and_an_advisor_may_try_again(services: Services, advisor: object) -> None:
    provider = Provider(*(TransientSendError() for _ in range(len(BACKOFF) + 1)))
    await send(services, provider, "un")
    for step in range(len(BACKOFF)):
        with time_machine.travel(now() + timedelta(seconds=sum(BACKOFF[: step + 1]) + 60)):
            await services.outbox.deliver_due()
    assert [(row.state, row.error_code) for row in await rows(services)] == [("failed", "gave_up")]
    await services.outbox.retry(advisor, (await rows(services))[0].id)  # type: ignore[arg-type]
    await services.outbox.deliver_due()
    assert len(provider.sent) == 1


async def test_a_permanent_error_ends_at_once(services: Services) -> None:
    await send(services, Provider(PermanentSendError("30006")), "un")
    assert [(row.state, row.error_code) for row in await rows(services)] == [("failed", "30006")]


async def test_an_ambiguous_send_is_looked_up_and_not_sent_twice(services: Services) -> None:
    provider = Provider(AmbiguousSendError(), known=Sent("SMfound", "sent"))
    await send(services, provider, "un")
    with time_machine.travel(now() + timedelta(seconds=60)):
        await services.outbox.deliver_due()
    assert (provider.sent, provider.looked_up) == ([], 1)
    assert [(row.state, row.provider_sid) for row in await rows(services)] == [("sent", "SMfound")]


async def test_an_ambiguous_send_that_is_found_nowhere_is_sent(services: Services) -> None:
    provider = Provider(AmbiguousSendError())
    await send(services, provider, "un")
    with time_machine.travel(now() + timedelta(seconds=60)):
        await services.outbox.deliver_due()
    assert len(provider.sent) == 1


@pytest.mark.parametrize(("order", "end"), [
    (("delivered", "sent", "queued"), "delivered"), (("sent", "delivered"), "delivered"), (("undelivered", "sent"), "failed")])
async def test_a_status_never_goes_backwards(services: Services, order: tuple[str, ...], end: str) -> None:
    await send(services, Provider(), "un")
    callback_id = (await rows(services))[0].callback_id
    for status in order:
        assert await services.outbox.status(callback_id=callback_id, status=status, sid="SM1")
    assert (await rows(services))[0].state == end


async def test_a_status_that_comes_before_the_answer_of_the_send_counts(services: Services) -> None:
    class Racing(Provider):
        async def send(self, job: Job) -> Sent:
            await services.outbox.status(callback_id=job.callback_id, status="delivered", sid="SM9")
            raise AmbiguousSendError

    await send(services, Racing(), "un")
    assert [(row.state, row.provider_sid) for row in await rows(services)] == [("delivered", "SM9")]


async def test_stop_is_obeyed_confirmed_and_reversible(services: Services) -> None:
    provider = Provider()
    await send(services, provider, "Arrêt", "une question", "REPRENDRE", "une autre")
    assert [body.split(":")[0].split(".")[0].strip() for body in provider.sent] == [
        "Parcours-Métiers", "Parcours-Métiers", "Parcours-Métiers, assistant automatique"]
    assert await services.opt_outs.is_out("+33612345678") is False


async def test_an_unknown_status_is_told_so(services: Services) -> None:
    assert await services.outbox.status(callback_id="inconnu", status="sent") is False


async def test_a_lease_that_ran_out_is_looked_up_before_it_is_sent_again(services: Services) -> None:
    provider = Provider(known=Sent("SMfound"))
    services.outbox.register(provider)
    await sms(services, "un")
    lease: Callable[..., object] = services.outbox._lease
    await services.db.write(lease)  # a worker that died in mid-send
    with time_machine.travel(now() + timedelta(minutes=2)):
        await services.outbox.deliver_due()
    assert (provider.sent, provider.looked_up) == ([], 1)


@pytest.mark.parametrize("row_id", [10**20, -1, 2**40])
async def test_a_number_that_no_row_can_have_is_not_found(services: Services, advisor: Principal, row_id: int) -> None:
    with pytest.raises((NotFound, Invalid)):
        await services.outbox.retry(advisor, row_id)


async def test_a_character_that_a_database_cannot_hold_is_refused_or_kept(services: Services) -> None:
    with suppress(Invalid):
        await services.chat.open_session(site_key="cle\x00", locale="f\x00r")
    assert (await services.chat.open_session(site_key="cle")).token
