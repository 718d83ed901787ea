"""What is kept of a conversation that is over: numbers and sensitive words masked, as the settings say."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from channels.people.principal import Principal
from channels.services import Services
from clock import now
from tests.integration.channels.talk import web

SAID = "je suis enceinte, appelez le 06 12 34 56 78"


async def texts(services: Services, conversation_id: str) -> list[str]:
    return [item.text for item in (await services.chat.events(conversation_id)).messages if item.author == "citizen"]


@pytest.mark.any_clock
async def test_numbers_and_sensitive_words_go_after_the_end(services: Services) -> None:
    session = await services.chat.open_session()
    await web(services, session, SAID)
    with time_machine.travel(now() + timedelta(days=8)):
        removed = await services.retention.apply()
        assert removed["masked"] == 1
        assert await texts(services, session.session_id) == ["je suis [information sensible], appelez le [numéro]"]
        assert (await services.retention.apply())["masked"] == 0


@pytest.mark.any_clock
async def test_an_open_case_keeps_what_its_advisor_needs(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    await web(services, session, SAID)
    await web(services, session, "je veux parler à un conseiller")
    with time_machine.travel(now() + timedelta(days=8)):
        await services.retention.apply()
    assert (await texts(services, session.session_id))[0] == SAID


@pytest.mark.any_clock
async def test_an_empty_setting_masks_nothing(services: Services) -> None:
    services.settings.mask_kept = ""
    services.retention._masking._what = ""
    session = await services.chat.open_session()
    await web(services, session, SAID)
    with time_machine.travel(now() + timedelta(days=8)):
        assert (await services.retention.apply())["masked"] == 0
