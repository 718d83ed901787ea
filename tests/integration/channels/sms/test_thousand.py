"""Many SMS (100; 1,000 in `make soak`), each delivered one to three times, shuffled, the process killed twice: nothing lost,
nothing answered twice.
"""

from __future__ import annotations

import asyncio
import random
import re
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.fixtures.signed import post, sms_fields
from tests.fixtures.telecom_gateway import Gateway, gateway
from tests.fixtures.twilio_emulator import TOKEN, Emulator, twilio_emulator
from tests.fixtures.unfinished import wait_until_done
from tests.integration.channels.sms.test_emulator import environment
from tests.ports import free_port

EACH = 20
_QUESTION = re.compile(r"q\d+-\d+")


def number(person: int) -> str:
    """The telephone number of a person of the test."""
    return f"+336120000{person:02d}"


def deliveries(people: int) -> list[dict[str, str]]:
    """Every SMS one to three times, in any order."""
    dice = random.Random(20)
    forms = [
        sms_fields(f"SM{person:016d}{index:016d}", number(person), f"q{person}-{index}")
        for person in range(people)
        for index in range(EACH)
    ]
    repeated = [form for form in forms for _ in range(dice.randint(1, 3))]
    dice.shuffle(repeated)
    return repeated


async def deliver(running: Gateway, forms: list[dict[str, str]], half: asyncio.Event | None = None) -> list[dict[str, str]]:
    """Posts them eight at a time, as Twilio does; returns those that failed (Twilio tries them again). `half` is set when half
    of them are on their way."""
    failed, waiting = [], list(reversed(forms))

    async def worker(client: httpx.AsyncClient) -> None:
        while waiting:
            form = waiting.pop()
            if half is not None and len(waiting) <= len(forms) // 2:
                half.set()
            try:
                answer = await post(client, running.url, "/webhooks/twilio/sms", form, TOKEN)
                assert answer.status_code == 200
            except httpx.HTTPError:
                failed.append(form)

    async with httpx.AsyncClient(base_url=running.url, timeout=90) as client:
        await asyncio.gather(*(worker(client) for _ in range(8)))
    return failed


async def deliver_and_kill(running: Gateway, forms: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same, with a power cut in the middle."""
    half = asyncio.Event()
    posting = asyncio.create_task(deliver(running, forms, half))
    await half.wait()
    await asyncio.to_thread(running.kill)
    failed = await posting
    await asyncio.to_thread(running.start)
    return failed


def stored(state: Path) -> tuple[int, dict[str, int]]:
    """How many different SMS are stored, and how many citizens' messages are in each state."""
    with closing(sqlite3.connect(state / "conversations.sqlite3")) as database:
        rows = database.execute(
            "SELECT state, count(*), count(DISTINCT provider_id) FROM message WHERE author = 'citizen' GROUP BY state"
        ).fetchall()
    return sum(row[2] for row in rows), {row[0]: row[1] for row in rows}


def received(state: Path) -> dict[str, list[str]]:
    """The questions of each person in the order in which they were stored."""
    with closing(sqlite3.connect(state / "conversations.sqlite3")) as database:
        rows = database.execute(
            "SELECT provider_id FROM message WHERE author = 'citizen' ORDER BY conversation_id, seq"
        ).fetchall()
    found: dict[str, list[str]] = defaultdict(list)
    for (sid,) in rows:
        person, index = int(sid[2:18]), int(sid[18:])
        found[number(person)].append(f"q{person}-{index}")
    return found


def answered(twilio: Emulator) -> dict[str, list[str]]:
    """Which questions the SMS we sent to each number answered, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for message in twilio.outbound():
        found[message["to"]] += _QUESTION.findall(message["body"])
    return found


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("people", [5, pytest.param(50, marks=pytest.mark.soak)])
async def test_many_sms_are_each_answered_once_and_in_order_although_the_process_dies_twice(tmp_path: Path, people: int) -> None:
    port, forms = free_port(), deliveries(people)
    third = len(forms) // 3
    with (
        twilio_emulator(f"http://127.0.0.1:{port}") as twilio,
        gateway(port, environment(twilio, port, tmp_path)) as running,
    ):
        left = await deliver_and_kill(running, forms[:third])
        left += await deliver_and_kill(running, left + forms[third : 2 * third])
        assert await deliver(running, left + forms[2 * third :]) == []
        await asyncio.to_thread(wait_until_done, tmp_path, frozenset(), 1200.0)
        sent = answered(twilio)
    assert stored(tmp_path) == (people * EACH, {"answered": people * EACH})
    assert sent == received(tmp_path)
