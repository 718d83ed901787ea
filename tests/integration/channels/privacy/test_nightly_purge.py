"""The purge of the night: once, whichever gateway asks."""

from __future__ import annotations

from datetime import datetime

import time_machine

from channels.privacy.nightly import NightlyPurge
from channels.services import Services
from channels.store.models import Conversation
from clock import PARIS

AUTUMN, NEXT_SPRING = datetime(2026, 9, 1, 10, tzinfo=PARIS), datetime(2027, 1, 20, 3, 5, tzinfo=PARIS)


async def test_what_is_old_goes_at_night_and_no_gateway_does_it_again(services: Services) -> None:
    purges = [NightlyPurge(services.db, services.retention, 3) for _ in range(2)]
    services.settings.purge_share = 1.0
    with time_machine.travel(AUTUMN, tick=True) as clock:
        old = await services.chat.open_session()
        await purges[0].round()
        clock.move_to(NEXT_SPRING.replace(month=1, day=19, hour=23))
        await services.chat.open_session()
        assert await services.db.read(lambda session: session.get(Conversation, old.session_id)) is not None
        clock.move_to(NEXT_SPRING)
        done = services.retention.apply
        calls: list[int] = []

        async def counted(**told: bool) -> dict[str, int]:
            calls.append(1)
            return await done(**told)

        services.retention.apply = counted  # type: ignore[method-assign]
        for purge in purges:
            await purge.round()
    assert len(calls) == 1
    assert await services.db.read(lambda session: session.get(Conversation, old.session_id)) is None
