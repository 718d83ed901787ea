"""A second helpline, where no advisor is ever there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import clock
from tests.fixtures.shipped_knowledge import shipped_knowledge
from tests.fixtures.twilio_emulator import Emulator, twilio_emulator
from tests.ordinary_week import saturday_night
from tests.ports import free_port
from tests.stack import Stack, running_stack


@pytest.fixture(scope="session")
def closed_port() -> int:
    """Its public port, known first: Twilio has to know where it will answer."""
    return free_port()


@pytest.fixture(scope="session")
def closed_twilio(closed_port: int) -> Iterator[Emulator]:
    """An independent Twilio whose webhooks lead to `closed_stack`."""
    with twilio_emulator(webhooks=f"http://127.0.0.1:{closed_port}") as emulator:
        yield emulator


@pytest.fixture(scope="session")
def closed_stack(closed_port: int, closed_twilio: Emulator) -> Iterator[Stack]:
    """The whole helpline on a Saturday night, started once; see tests/conftest.py for the worker that it runs in."""
    settings = {"PARCOURS_PORT": str(closed_port), "PARCOURS_PUBLIC_URL": f"http://127.0.0.1:{closed_port}",
                "PARCOURS_SMS_BATCH_SECONDS": "0.05", "PARCOURS_OPENING": "never",
                **clock.starting_at(saturday_night())}
    with running_stack({**closed_twilio.settings, **settings}, shipped_knowledge()) as running:
        yield running
