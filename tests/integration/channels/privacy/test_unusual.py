"""A clock that ran away erases nothing in silence."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from channels.errors import Conflict
from channels.services import Services
from channels.store.models import Conversation
from clock import now


async def talks(services: Services, count: int, days_ago: int) -> None:
    """So many conversations, written so long ago."""
    at = now() - timedelta(days=days_ago)

    def work(session: Session) -> None:
        session.add_all(Conversation(channel="web", created_at=at, last_activity_at=at) for _ in range(count))

    await services.db.write(work)


async def test_a_clock_four_hundred_days_ahead_purges_nothing_until_told(services: Services) -> None:
    await talks(services, 120, 0)
    with time_machine.travel(now() + timedelta(days=400)):
        with pytest.raises(Conflict, match="vérifiez l'heure"):
            await services.retention.apply()
        assert (await services.retention.apply(told=True))["conversations"] == 120


async def test_most_of_everything_does_not_go_at_once_until_told(services: Services) -> None:
    await talks(services, 70, 100)
    await talks(services, 50, 0)
    with pytest.raises(Conflict, match="70 conversations sur 120"):
        await services.retention.apply()
    assert (await services.retention.apply(told=True))["conversations"] == 70


async def test_what_is_old_as_every_day_goes_unasked(services: Services) -> None:
    await talks(services, 20, 100)
    await talks(services, 100, 0)
    assert (await services.retention.apply())["conversations"] == 20
