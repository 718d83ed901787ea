"""The gateway is killed (SIGKILL) at every step of a message: afterwards it is answered, once.

The engine and the launcher are killed in tests/dialogues/test_engine_dies.py and tests/integration/parcours/test_processes.py.
"""

from __future__ import annotations

from datetime import timedelta
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from channels.delivery.outbox import LEASE
from channels.messages import Incoming
from channels.store.models import Message, OutboxRow
from clock import now
from tests.faults.dying import SENDER, SID, STEPS, live_and_die, open_services


@pytest.mark.parametrize("step", STEPS)
async def test_after_a_kill_nothing_is_lost_and_nothing_is_said_twice(
    processes: ForkServerContext, folder: Path, step: str
) -> None:
    process = processes.Process(target=live_and_die, args=(str(folder), step))
    process.start()
    process.join(300)
    assert process.exitcode == -9, "it did not die where it should"

    services, provider = open_services(folder)
    # Twilio had no answer: it brings the message again.
    await services.relay.accept(Incoming("sms", "bonjour", sender=SENDER, provider_id=SID))
    await services.relay.recover()
    with time_machine.travel(now() + LEASE + timedelta(seconds=1)):
        await services.outbox.deliver_due()
    messages, rows = await services.db.read(lambda session: (list(session.scalars(select(Message).order_by(Message.seq))),
                                                             list(session.scalars(select(OutboxRow)))))
    await services.stop()
    assert [(item.author, item.state) for item in messages] == [("citizen", "answered"), ("bot", "visible")]
    assert [row.state for row in rows] == ["sent"]
    assert len(provider.bodies()) == 1 and "Réponse à bonjour" in provider.bodies()[0]
