"""What an operator measures: each part of a turn, what waits, what was not understood, distress; and nobody's words."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy.orm import Session

from channels.store.models import Alert, OutboxRow
from clock import now
from tests.fixtures.desk import Desk, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The application with its services; the metrics may be read with a token."""
    async with open_desk(tmp_path, metrics_token="un jeton de mesure") as opened:
        yield opened


async def measured(desk: Desk) -> dict[str, float]:
    """Every sample by its name and labels."""
    page = await desk.client.get("/metrics", headers={"authorization": "Bearer un jeton de mesure"})
    assert page.status_code == 200
    return {name: float(value) for name, value in re.findall(r"^(parcours_\S+) (\S+)$", page.text, re.MULTILINE)}


async def test_a_turn_is_measured_by_part_and_a_misunderstanding_and_a_distress_are_counted(desk: Desk) -> None:
    before = await measured(desk)
    token = await desk.citizen()
    await desk.say(token, "comment devenir coiffeuse ?")
    await desk.say(token, "brouhaha")
    await desk.say(token, "je veux mourir")
    after = await measured(desk)

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0.0)

    parts = {part: grown(f'parcours_turn_part_seconds_count{{part="{part}"}}') for part in ("store", "engine", "settle")}
    assert parts == {"store": 3, "engine": 2, "settle": 2}
    assert grown("parcours_fallbacks_total") == 1
    assert sum(grown(name) for name in after if name.startswith("parcours_distress_alerts_total")) == 1
    assert after["parcours_queue_waiting"] == 1 and after["parcours_unanswered_messages"] == 0


async def test_what_was_tried_in_vain_is_late_since_it_was_written_and_an_alert_that_did_not_leave_is_counted(desk: Desk) -> None:
    def late(session: Session) -> None:
        ago = now() - timedelta(minutes=5)
        later, yesterday = now() + timedelta(hours=1), now() - timedelta(days=1)
        session.add(OutboxRow(kind="sms", lane="a", payload={}, attempts=3, created_at=ago, next_attempt_at=later))
        # This one waits for the morning.
        session.add(OutboxRow(kind="sms", lane="b", payload={}, created_at=yesterday, next_attempt_at=later))
        session.add(Alert(kind="distress", created_at=ago))

    await desk.services.db.write(late)
    found = await measured(desk)
    assert 295 < found["parcours_outbox_oldest_seconds"] < 3600
    assert found["parcours_alerts_unsent"] == 1


async def test_only_the_machine_itself_or_the_token_reads_them(desk: Desk) -> None:
    transport = httpx.ASGITransport(desk.client._transport.app, client=("192.0.2.7", 40000))  # type: ignore[attr-defined]
    async with httpx.AsyncClient(transport=transport, base_url="http://ailleurs.test") as stranger:
        assert (await stranger.get("/metrics")).status_code == 403
        assert (await stranger.get("/metrics", headers={"authorization": "Bearer autre"})).status_code == 403
    assert (await desk.client.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"})).status_code == 403
