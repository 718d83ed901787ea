"""What an operator measures: each part of a turn, what waits, what was not understood, distress; and nobody's words."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

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


async def test_only_the_machine_itself_or_the_token_reads_them(desk: Desk) -> None:
    transport = httpx.ASGITransport(desk.client._transport.app, client=("192.0.2.7", 40000))  # type: ignore[attr-defined]
    async with httpx.AsyncClient(transport=transport, base_url="http://ailleurs.test") as stranger:
        assert (await stranger.get("/metrics")).status_code == 403
        assert (await stranger.get("/metrics", headers={"authorization": "Bearer autre"})).status_code == 403
    assert (await desk.client.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"})).status_code == 403
