"""A gateway that dies like in a power cut (SIGKILL) at one step of a message: run by the tests in a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from channels.messages import Incoming
from channels.privacy.crypto import Keyring
from channels.safety.distress import shipped_safety
from channels.services import Services
from channels.settings import Settings
from tests.faults.provider import FileProvider
from tests.fixtures.echo_engine import EchoEngine

SENDER, SID = "+33639980001", "SM42"
DATABASE = "conversations.sqlite3"
_KEYS = ("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "cle-de-recherche")
# Where it dies: (object of the services, its method, before or after the call).
STEPS = {
    "before it is stored": ("intake", "take_in", "before"),
    "stored but not committed": ("intake", "take_in", "after"),
    "stored": ("engine", "answer", "before"),
    "answered by the engine": ("engine", "answer", "after"),
    "answer written but not committed": ("settling", "settle", "after"),
    "answer stored": ("outbox", "deliver_due", "before"),
    "leased for sending": ("sender", "send", "before"),
    "sent but not noted": ("sender", "send", "after"),
    "noted": ("outbox", "deliver_due", "after"),
}


shipped_safety()  # compiled here, so that the processes that are forked from here need not


def open_services(folder: Path) -> tuple[Services, FileProvider]:
    """The services of this helpline, as each of its processes opens them."""
    settings = Settings(_env_file=None, state_dir=folder, opening="always",  # type: ignore[call-arg]
                        database_url=f"sqlite:///{folder / DATABASE}")
    services = Services.open(settings, EchoEngine(), Keyring.from_text(*_KEYS))
    provider = FileProvider(folder / "provider.jsonl")
    services.outbox.register(provider)
    return services, provider


def live_and_die(folder: str, step: str) -> None:
    """Receives one SMS, answers and sends; the process is gone at the step."""
    asyncio.run(_one_sms(Path(folder), step))


async def _one_sms(folder: Path, step: str) -> None:
    services, provider = open_services(folder)
    owner, name, when = STEPS[step]
    target = {"intake": services.relay._intake, "engine": services.engine, "settling": services.relay._settling,
              "outbox": services.outbox, "sender": provider}[owner]
    object.__setattr__(target, name, _deadly(getattr(target, name), when))
    await services.relay.receive(Incoming("sms", "bonjour", sender=SENDER, provider_id=SID))
    await services.outbox.deliver_due()


def _deadly(call: Callable[..., Any], when: str) -> Callable[..., Any]:
    async def awaited(*given: Any, **named: Any) -> Any:
        if when == "before":
            _die()
        await call(*given, **named)
        _die()

    def called(*given: Any, **named: Any) -> Any:
        if when == "before":
            _die()
        call(*given, **named)
        _die()

    return awaited if asyncio.iscoroutinefunction(call) else called


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
