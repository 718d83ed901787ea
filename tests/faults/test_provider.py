"""A slow, failing and ambiguous provider of SMS: each text leaves once, in order, or ends where somebody sees it."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import time_machine
from sqlalchemy import select

from channels.services import Services
from channels.store.models import OutboxRow
from clock import now
from tests.faults.provider import FileProvider
from tests.integration.channels.talk import sms
from tests.short import SCALE

PEOPLE, EACH = 5 * SCALE, 4


async def test_half_of_the_sends_go_wrong_and_every_text_leaves_once_in_order(helpline: tuple[Services, FileProvider]) -> None:
    services, steady = helpline
    provider = FileProvider(steady._file, faults=0.5)
    services.outbox.register(provider)
    for index in range(EACH):
        for person in range(PEOPLE):
            await sms(services, f"{person}-{index}", sender=f"+3363998{person:04d}")
    for hours in range(1, 9):
        with time_machine.travel(now() + timedelta(hours=hours)):
            await services.outbox.deliver_due()

    rows = await services.db.read(lambda session: list(session.scalars(select(OutboxRow).order_by(OutboxRow.id))))
    assert all(row.state in {"sent", "failed"} for row in rows), "something still waits"
    taken: dict[str, list[str]] = defaultdict(list)
    for item in provider.taken():
        taken[item["to"]].append(item["body"].rpartition(" ")[2])
    sent = sum(row.state == "sent" for row in rows)
    assert sum(map(len, taken.values())) == sent, "something left twice, or left without being known"
    assert all(texts == sorted(set(texts)) for texts in taken.values()), "out of order, or twice"
    assert all(row.error_code for row in rows if row.state == "failed"), "a failure without a reason"
