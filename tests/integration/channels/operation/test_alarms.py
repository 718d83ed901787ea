"""Each trouble, caused: the contact of the settings is told by SMS, mail and webhook, the console shows it, nobody else."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
import time_machine
from sqlalchemy import select, update

from channels.app import create_app
from channels.delivery.outbox import Job, Sent, TransientSendError
from channels.operation import health, troubles
from channels.operation.alarms import Alarms
from channels.people.principal import Principal
from channels.sentences import Sentences
from channels.services import Services
from channels.store.models import Message, OutboxRow
from clock import PARIS, now
from tests.integration.channels.conftest import ScriptedEngine
from tests.integration.channels.talk import sms, web

MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=PARIS)
ONCALL = "+33611111111"


class Refusing:
    """A provider that says « not now » to all."""

    kind = "sms"

    async def send(self, job: Job) -> Sent:
        raise TransientSendError("503")

    async def look_up(self, job: Job) -> Sent | None:
        return None


@pytest.fixture
def quiet(services: Services, monkeypatch: pytest.MonkeyPatch) -> Services:
    """A service with a contact and nothing wrong: the actions, which have no process here, answer."""
    services.settings.oncall_sms = ONCALL

    async def answers(url: str) -> bool:
        return True

    monkeypatch.setattr(health, "_answers", answers)
    return services


@pytest.fixture
def hook() -> Iterator[tuple[str, list[str]]]:
    """An address that takes messages, and what it got."""
    got: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["content-length"])))["text"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return None

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", got
    server.shutdown()
    server.server_close()


def alarms(services: Services, webhook: str | None = None) -> Alarms:
    return Alarms(services.db, services.handoff.alerting, lambda: troubles.found(services), webhook)


async def told(services: Services, clock: time_machine.Traveller, webhook: str | None = None) -> list[str]:
    """What the contact got by SMS after five minutes of it."""
    watch = alarms(services, webhook)
    for _ in range(6):
        await watch.round()
        clock.shift(timedelta(minutes=1))
    rows = await services.db.read(lambda session: session.scalars(select(OutboxRow).where(OutboxRow.alert_id.is_not(None))).all())
    return [row.payload["body"] for row in rows if row.payload["to"] == ONCALL]


async def _engine(services: Services) -> None:
    engine = services.engine
    assert isinstance(engine, ScriptedEngine)
    engine.dead = True


async def _disk(services: Services) -> None:
    services.settings.state_dir.joinpath("x").touch()


async def _erasures(services: Services) -> None:
    services.settings.state_dir.joinpath("a-file").write_text("no folder")
    services.settings.erasures_dir = str(services.settings.state_dir / "a-file")


async def _backup(services: Services) -> None:
    (services.settings.state_dir / troubles.BACKUP_FILE).write_text(json.dumps({"at": (now() - timedelta(hours=40)).isoformat()}))


async def _unanswered(services: Services) -> None:
    await web(services, await services.chat.open_session(), "coiffeur")
    lost = update(Message).where(Message.author == "citizen").values(state="received")
    await services.db.write(lambda session: session.execute(lost))


async def _sending_stuck(services: Services) -> None:
    services.outbox.register(Refusing())
    await sms(services, "coiffeur")
    await services.outbox.deliver_due()
    await services.db.write(lambda session: session.execute(update(OutboxRow).values(created_at=now() - timedelta(minutes=6))))


async def _sms_budget(services: Services) -> None:
    services.settings.sms_overall_budget = 1
    await sms(services, "coiffeur")
    await services.db.write(lambda session: session.execute(update(OutboxRow).values(sent_at=now())))


CAUSES: dict[str, Callable[[Services], object]] = {
    "engine": _engine, "disk": _disk, "erasures": _erasures, "backup": _backup, "unanswered": _unanswered,
    "sending_stuck": _sending_stuck, "sms_budget": _sms_budget}


@pytest.mark.parametrize("trouble", CAUSES)
async def test_a_trouble_that_is_caused_reaches_the_contact(
    quiet: Services, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        if trouble == "disk":
            monkeypatch.setattr(troubles, "disk_free", lambda settings: 1000)
        await CAUSES[trouble](quiet)  # type: ignore[misc]
        found = await told(quiet, clock)
    assert [Sentences().text(f"alerts.trouble_{trouble}") in body for body in found] == [True]


async def test_nothing_is_told_when_nothing_is_wrong(quiet: Services) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        assert await told(quiet, clock) == []


async def test_a_database_that_is_gone_is_told_by_the_webhook_alone(
    quiet: Services, hook: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, got = hook

    async def gone(work: object) -> object:
        raise OSError

    with time_machine.travel(MONDAY, tick=False) as clock:
        watch = alarms(quiet, address)
        with monkeypatch.context() as patched:
            patched.setattr(quiet.db, "read", gone)
            patched.setattr(quiet.db, "write", gone)
            for _ in range(4):
                await watch.round()
                clock.shift(timedelta(minutes=1))
    assert got == ["Parcours-Métiers : la base de données ne répond pas."]


async def test_the_webhook_gets_it_too_and_the_console_shows_it(
    quiet: Services, hook: tuple[str, list[str]], advisor: Principal
) -> None:
    address, got = hook
    with time_machine.travel(MONDAY, tick=False) as clock:
        await _engine(quiet)
        await told(quiet, clock, address)
        shown = await quiet.alerts.open(advisor)
    assert len(got) == 1 and "moteur" in got[0]
    assert [(alert.kind, alert.theme) for alert in shown] == [("operation", "engine")]


def test_each_trouble_has_its_sentence_and_its_name_in_the_console() -> None:
    from channels.console.labels import TROUBLES

    names = {*troubles.LIMITS, "database", "engine", "actions", "search", "redis", "disk", "erasures", "backup"}
    assert names == set(TROUBLES)
    assert all(Sentences().text(f"alerts.trouble_{name}") for name in names)


async def test_readiness_names_what_is_wrong_beside_its_parts(quiet: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(troubles, "disk_free", lambda settings: 1000)
    app = create_app(quiet.settings)
    app.state.services, app.state.knowledge = quiet, object()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://helpline.test") as client:
        answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"], answer.json()["troubles"]) == (200, "ok", ["disk"])
