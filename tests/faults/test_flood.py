"""Everybody writes at once (5,000 messages in `make soak`): each is answered once, in the order in which it was written."""

from __future__ import annotations

import asyncio

from channels.case.views import OpenedSession
from channels.services import Services
from tests.faults.provider import FileProvider
from tests.integration.channels.talk import web
from tests.short import SCALE

PEOPLE, EACH = 25, 10 * SCALE


async def test_a_flood_is_answered_whole(helpline: tuple[Services, FileProvider]) -> None:
    services, _ = helpline
    sessions = [await services.chat.open_session() for _ in range(PEOPLE)]

    async def talk(number: int, session: OpenedSession) -> None:
        for index in range(EACH):
            # Some send twice: an impatient finger, a line that was cut.
            sent = [web(services, session, f"{number}-{index}", key=f"k{index}") for _ in range(1 + (index % 3 == 0))]
            await asyncio.gather(*sent)

    await asyncio.gather(*(talk(number, session) for number, session in enumerate(sessions)))
    for number, session in enumerate(sessions):
        events = await services.chat.events(session.session_id, 1, limit=10_000)
        texts = [item.text for item in events.messages]
        expected = [text for index in range(EACH) for text in (f"{number}-{index}", f"Réponse à {number}-{index}")]
        assert texts == expected
    assert await services.relay.recover() == 0
