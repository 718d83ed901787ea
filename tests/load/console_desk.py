"""A full desk for `make bench`: 20 advisors with their screens open on 200 cases; how soon a new message is on the screen.

One of the screens is a real browser: there the time runs from the person's POST to the words in the page. The nineteen others
are the streams that their pages hold open. Also: what the queue page weighs with 500 open cases, every file of it counted.

    python -m tests.load.console_desk      # this part alone
"""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
import os
import re
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

import aiohttp
from playwright.async_api import Page, async_playwright

from channels.people.entering import Login
from channels.services import Services
from channels.settings import Settings
from tests.e2e.conftest import ARGUMENTS, CHROMIUM
from tests.fixtures.gateway import running_gateway

ADVISORS, CASES, MESSAGES, QUEUE = 20, 200, 240, 500
PACE = 0.2  # seconds between two messages: 5 a second, each advisor reads a new one every four seconds
_COOKIE = "parcours_console"
_PASSWORD = "un mot de passe assez long"
_WATCH = """() => { window.shown = {};
  new MutationObserver(() => {
    for (const text of document.querySelectorAll("#messages .txt")) {
      const mark = text.textContent.trim();
      if (mark.startsWith("mesure-") && !window.shown[mark]) window.shown[mark] = Date.now();
    }
  }).observe(document.getElementById("messages").parentElement.parentElement, { childList: true, subtree: true }); }"""


@dataclass
class Desk:
    """Milliseconds from a person's message to the advisor: to the 20 streams, and to the words in the one real page."""

    streams: list[float] = field(default_factory=list)
    screen: list[float] = field(default_factory=list)
    lost: int = 0
    queue_bytes: int = 0

    @property
    def p95(self) -> float:
        """Of the streams."""
        return statistics.quantiles(self.streams, n=20)[18]

    @property
    def screen_p95(self) -> float:
        """Of the real screen."""
        return statistics.quantiles(self.screen, n=20)[18]

    def __str__(self) -> str:
        stream, screen = statistics.median(self.streams), statistics.median(self.screen)
        return (f"Console, {ADVISORS} advisors, {CASES} cases: a message is on the stream after p50 {stream:.0f} ms, p95 "
                f"{self.p95:.0f} ms, in the page after p50 {screen:.0f} ms, p95 {self.screen_p95:.0f} ms; {self.lost} lost; "
                f"queue page with {QUEUE} cases {self.queue_bytes / 1000:.0f} kB")


@dataclass(frozen=True)
class Seat:
    """An advisor with one case open, and the token of the person in it."""

    login: Login
    key: str
    case_id: int
    person: str


def full_desk(url: str, state_dir: Path) -> Desk:
    """Measures on a running helpline; no message of this needs the engine, advisors have every conversation."""
    return asyncio.run(_measure(url, state_dir))


async def _measure(url: str, state_dir: Path) -> Desk:
    desk = Desk()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        seats = await _seats(url, state_dir, http)
        arrived: dict[str, float] = {}
        listeners = [asyncio.create_task(_listen(url, seat, arrived)) for seat in seats[1:]]
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = await _screen(await browser.new_page(), url, seats[0])
            sent = await _talk(url, http, seats)
            await asyncio.sleep(2)
            shown = await page.evaluate("window.shown")
            await browser.close()
        for task in listeners:
            task.cancel()
        desk.queue_bytes = await _queue_weight(url, http, seats[0])
    for mark, (at, seat) in sent.items():
        if seat == 0 and mark in shown:
            desk.screen.append(float(shown[mark]) - at * 1000)
        elif seat and mark in arrived:
            desk.streams.append((arrived[mark] - at) * 1000)
        else:
            desk.lost += 1
    return desk


async def _seats(url: str, state_dir: Path, http: aiohttp.ClientSession) -> list[Seat]:
    """Accounts, and ten cases for each; the first of them is open on the screen. The other people wait in the queue."""
    services = Services.open(Settings(_env_file=None, state_dir=state_dir, database_url=None))  # type: ignore[call-arg]
    seats = []
    for number in range(ADVISORS):
        email = f"conseiller-{number}@exemple.fr"
        await services.accounts.set_password(await services.accounts.create(email, "conseiller"), _PASSWORD)
        login, key = await services.accounts.login(email, _PASSWORD), await services.accounts.create_key(email)
        people = [await _waiting(url, http, key) for _ in range(CASES // ADVISORS)]
        seats.append(Seat(login, key, *people[0]))
    await services.stop()
    return seats


async def _waiting(url: str, http: aiohttp.ClientSession, key: str = "") -> tuple[int, str]:
    """A person who asks for an advisor, whose case is claimed with `key`: (case, the person's token)."""
    async with http.post(f"{url}/api/chat/sessions", json={}) as answer:
        token = str((await answer.json())["token"])
    await _say(url, http, token, "je veux parler à un conseiller")
    if not key:
        return 0, token
    headers = {"Authorization": f"Bearer {key}"}
    async with http.get(f"{url}/api/advisor/cases?state=queued&limit=1", headers=headers) as answer:
        case_id = int((await answer.json())["cases"][0]["id"])
    async with http.post(f"{url}/api/advisor/cases/{case_id}/claim", headers=headers) as answer:
        answer.raise_for_status()
    return case_id, token


async def _say(url: str, http: aiohttp.ClientSession, token: str, text: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())}
    async with http.post(f"{url}/api/chat/messages", json={"text": text}, headers=headers) as answer:
        answer.raise_for_status()
        await answer.read()


async def _listen(url: str, seat: Seat, arrived: dict[str, float]) -> None:
    cookie = {_COOKIE: seat.login.token}
    timeout = aiohttp.ClientTimeout(total=None)
    async with (aiohttp.ClientSession(cookies=cookie, timeout=timeout) as http,
                http.get(f"{url}/console/live?case={seat.case_id}&compact=1", headers={"accept": "text/event-stream"}) as stream):
        async for line in stream.content:
            for mark in re.findall(rb"mesure-\d+-\d+", line):
                arrived.setdefault(mark.decode(), time.time())


async def _screen(page: Page, url: str, seat: Seat) -> Page:
    await page.context.add_cookies([{"name": _COOKIE, "value": seat.login.token, "url": f"{url}/console"}])
    await page.goto(f"{url}/console/cases/{seat.case_id}")
    await page.wait_for_selector("#live[data-open='1']", state="attached")
    await page.evaluate(_WATCH)
    return page


async def _talk(url: str, http: aiohttp.ClientSession, seats: Sequence[Seat]) -> dict[str, tuple[float, int]]:
    """People write one after the other at a steady pace: mark → (when it was sent, whose seat)."""
    sent: dict[str, tuple[float, int]] = {}
    posts = []
    for number in range(MESSAGES):
        seat = 0 if number % 3 == 0 else number % ADVISORS
        mark = f"mesure-{seat}-{number}"
        sent[mark] = (time.time(), seat)
        posts.append(asyncio.create_task(_say(url, http, seats[seat].person, mark)))
        await asyncio.sleep(PACE)
    await asyncio.gather(*posts)
    return sent


async def _queue_weight(url: str, http: aiohttp.ClientSession, seat: Seat) -> int:
    """Bytes of the queue page and of all its files, compressed, with 500 open cases on it."""
    for _ in range(QUEUE - CASES):
        await _waiting(url, http)
    headers = {"cookie": f"{_COOKIE}={seat.login.token}", "accept-encoding": "gzip"}
    async with http.get(f"{url}/console/?tab=queued", headers=headers) as answer:
        page = await answer.text()
    weight = len(gzip.compress(page.encode(), 5))
    for path in sorted(set(re.findall(r'(?:href|src)="(/console/assets/[^"]+)"', page))):
        async with http.get(url + path, headers=headers) as answer:
            weight += int(answer.headers["content-length"])
            await answer.read()
    return weight


def _gateway(folder: str, addresses: Queue[str], stop: Event) -> None:
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - its log, for as long as the process lives
    with running_gateway(Path(folder)) as gateway:
        addresses.put(gateway.url)
        stop.wait()


def main() -> int:
    """This part alone: a gateway in a process of its own, without the engine."""
    spawn = multiprocessing.get_context("spawn")
    addresses, stop = spawn.Queue(), spawn.Event()
    with tempfile.TemporaryDirectory() as folder:
        process = spawn.Process(target=_gateway, args=(folder, addresses, stop))
        process.start()
        try:
            print(full_desk(addresses.get(timeout=120), Path(folder)))
        finally:
            stop.set()
            process.join(20)
    return 0


if __name__ == "__main__":
    sys.exit(main())
