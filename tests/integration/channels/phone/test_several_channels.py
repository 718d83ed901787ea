"""One person on several channels, when they said so: the recap with its link, the advisor's words by SMS, the web chat."""

from __future__ import annotations

import re

import pytest

from channels.errors import NotFound
from channels.messages import Incoming
from channels.people.principal import Principal
from channels.services import Services
from channels.store.models import Case, OutboxRow
from tests.integration.channels.conftest import make_advisor
from tests.integration.channels.phone.conftest import CALLER, Caller
from tests.integration.channels.phone.test_calls import rows


async def sent(services: Services) -> list[str]:
    """The bodies of all SMS."""
    return [row.payload["body"] for row in sorted(await rows(services, OutboxRow), key=lambda row: row.id)]


async def recap(caller: Caller) -> None:
    """Asks a question, then says yes to the recap."""
    await caller.calls()
    await caller.says("comment devenir infirmière")
    await caller.says("au revoir")
    await caller.says("oui")


async def test_the_recap_s_link_goes_on_in_the_web_chat_once(caller: Caller, services: Services) -> None:
    await recap(caller)
    token = re.search(r"/r/([\w-]+)", (await sent(services))[-1])
    assert token is not None
    opened = await services.chat.continue_from(token[1])
    assert "assistant automatique" in opened.messages[0].text
    with pytest.raises(NotFound):
        await services.chat.continue_from(token[1])


async def advised(services: Services) -> tuple[Principal, int]:
    """An advisor who has the caller's case."""
    advisor = await make_advisor(services, "anne@exemple.fr", "Anne")
    (case,) = await rows(services, Case)
    await services.cases.claim(advisor, case.id)
    return advisor, case.id


async def test_an_advisor_may_write_to_a_caller_who_agreed(caller: Caller, services: Services) -> None:
    await recap(caller)
    caller.sid = "CA" + "3" * 32
    await caller.calls()
    await caller.presses("0")
    advisor, case = await advised(services)
    await services.cases.reply(advisor, case, "Voici l'adresse du CIO dont nous parlions.")
    assert (await sent(services))[-1] == "Voici l'adresse du CIO dont nous parlions."


async def test_nobody_writes_to_a_caller_who_did_not_agree(caller: Caller, services: Services) -> None:
    await caller.calls()
    await caller.presses("0")
    advisor, case = await advised(services)
    await services.cases.reply(advisor, case, "Voici l'adresse.")
    assert await sent(services) == []


async def test_an_sms_asks_for_the_link_to_the_web_chat(services: Services) -> None:
    await services.relay.receive(Incoming("sms", "LIEN", sender=CALLER, provider_id="SM1"))
    token = re.search(r"/r/([\w-]+)", (await sent(services))[-1])
    assert token is not None
    assert (await services.chat.continue_from(token[1])).mode == "bot"
