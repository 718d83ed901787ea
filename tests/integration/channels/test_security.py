"""What an attacker tries at the gateway's door; docs/security.md says which requirement each test shows."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import respx

from channels import console
from channels.errors import Forbidden
from channels.messages import Incoming
from channels.people.principal import Principal
from channels.store import cases
from channels.web.headers import DEFAULTS
from channels.web.rate_limits import LocalRateLimiter
from parcours.paths import ROOT
from tests.fixtures.console_browser import Seat
from tests.fixtures.desk import Desk, open_desk
from tests.fuzz.test_pages import pages


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The application with its services, without its knowledge base."""
    async with open_desk(tmp_path) as opened:
        yield opened


async def test_every_answer_carries_the_headers_of_safety(desk: Desk) -> None:
    for path in ("/health/live", "/metrics", "/console/connexion", "/api/chat/events", "/api/advisor/cases", "/rien", "/docs"):
        headers = (await desk.client.get(path)).headers
        assert {name.decode() for name, _ in DEFAULTS} <= set(headers), path
        assert "'unsafe-inline'" not in headers["content-security-policy"].replace("style-src 'self' 'unsafe-inline'", ""), path
        assert "server" not in headers, path


async def test_a_post_of_the_console_without_its_token_is_refused(desk: Desk) -> None:
    await desk.colleague("Anne", "admin", password=True)
    for path in ("/console/connexion", "/console/deconnexion"):
        assert (await desk.client.post(path, data={"email": "anne@exemple.fr", "password": "x"})).status_code in {303, 403}
    assert not [name for name in desk.client.cookies if "session" in name.lower()]


async def test_guessing_passwords_from_one_address_is_slowed_down_with_a_clear_answer(desk: Desk) -> None:
    desk.client._transport.app.state.rate_limiter = LocalRateLimiter(0.1)  # type: ignore[attr-defined]
    visitor = Seat(desk)
    for number in range(3):
        await visitor.log_in(f"Personne{number}", "devinette")
    assert "Trop de" in visitor.banner


@pytest.mark.parametrize("path", [
    "/api/chat/messages", "/api/advisor/cases/1/notes", "/webhooks/twilio/sms", "/console/connexion"])
async def test_a_body_too_long_is_refused_whether_its_length_is_announced_or_not(desk: Desk, path: str) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 65_536

    headers = {"content-type": "application/json"}
    announced = await desk.client.post(path, content=b"x" * 2_000_000, headers=headers)
    in_pieces = await desk.client.post(path, content=pieces(), headers=headers)
    assert announced.status_code in {401, 403, 413} and in_pieces.status_code in {401, 403, 413}
    assert "Traceback" not in announced.text + in_pieces.text


async def test_a_role_that_sees_no_case_is_refused_where_rows_are_read(desk: Desk) -> None:
    case, _ = await desk.waiting()
    editor = Principal("x", "E", "editeur")
    with pytest.raises(Forbidden):
        await desk.services.db.read(lambda session: cases.for_person(session, editor, case))
    with pytest.raises(Forbidden):
        await desk.services.db.read(lambda session: cases.visible_to(editor))


@pytest.mark.usefixtures("sheets")
async def test_no_page_of_the_console_shows_a_citizen_s_words_to_whoever_may_not_see_cases(desk: Desk) -> None:
    case, _ = await desk.waiting("je m'appelle Zyxmarqueur et je suis perdue")
    await desk.colleague("Edith", "editeur", password=True)
    editor, stranger, advisor = Seat(desk), Seat(desk), Seat(desk)
    await editor.log_in("Edith")
    await desk.colleague("Awa", password=True)
    await advisor.log_in("Awa")
    shown = set()
    for path in addresses(case):
        seen = await advisor.http.get(path)
        shown |= {path} if "Zyxmarqueur" in seen.text else set()
        for visitor in (editor, stranger):
            answer = await visitor.http.get(path)
            assert "Zyxmarqueur" not in answer.text and answer.status_code in {200, 303, 307, 401, 403, 404, 422}, path
            assert path not in shown or answer.status_code != 200, path
    assert len(shown) >= 2, "an advisor does not see it either: nothing was tested"


def addresses(case: int) -> list[str]:
    """Every page and every list of the console and of the advisors' API, for this case where there is a place for one."""
    found = [route.path for route in pages(console.router) if "GET" in route.methods]
    found += [f"/api/advisor{path}" for path in ("/cases", "/cases/{case_id}")]
    return sorted({re.sub(r"\{[^}]*\}", str(case), path) for path in found})


async def test_no_address_leads_out_of_the_files_that_are_served(desk: Desk) -> None:
    for path in ("/console/assets/../settings.py", "/console/assets/..%2f..%2fsettings.py", "/widget/..%2f..%2fsettings.py",
                 "/console/assets/%2e%2e/%2e%2e/settings.py", "/widget.js/..%2fapi.py", "/console/assets//etc/passwd"):
        answer = await desk.client.get(path)
        assert answer.status_code in {307, 404} and "class Settings" not in answer.text, path


async def test_one_person_s_token_opens_nothing_of_another(desk: Desk) -> None:
    mine, other = await desk.services.chat.open_session(), await desk.services.chat.open_session()
    await desk.services.relay.receive(Incoming("web", "un secret", token=other.token, client_id="k"))
    seen = await desk.client.get("/api/chat/events", headers={"authorization": f"Bearer {mine.token}"},
                                 params={"session_id": other.session_id})
    assert "un secret" not in seen.text
    # A chat token is no advisor's key, and the other way round.
    await desk.colleague("Anne")
    assert (await desk.client.get("/api/advisor/cases", headers={"authorization": f"Bearer {mine.token}"})).status_code == 401
    assert (await desk.client.get("/api/chat/events", headers=desk.bearer("Anne"))).status_code == 401


@respx.mock
async def test_an_address_that_somebody_sends_is_never_fetched(desk: Desk) -> None:
    anything = respx.route().mock(return_value=httpx.Response(200))
    address = "http://169.254.169.254/latest/meta-data/"
    picture = Incoming("sms", address, sender="+33639980001", provider_id="MM1", provider_meta={"media": 1})
    await desk.services.relay.accept(picture)
    session = await desk.services.chat.open_session(page_url=address)
    await desk.services.relay.receive(Incoming("web", address, token=session.token, client_id="k"))
    assert not anything.called


async def test_an_unexpected_error_shows_and_logs_nothing_of_the_request(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("un secret dans l'exception")

    monkeypatch.setattr(type(desk.services.chat), "session", broken)
    transport = httpx.ASGITransport(desk.client._transport.app, raise_app_exceptions=False)  # type: ignore[attr-defined]
    async with httpx.AsyncClient(transport=transport, base_url="http://console.test") as client:
        answer = await client.get("/api/chat/events?q=un+secret", headers={"authorization": "Bearer x"})
    assert answer.status_code == 500 and answer.json()["error"]["code"] == "internal"
    assert "secret" not in answer.text + capsys.readouterr().out


_SECRETS = ("token", "secret", "signature", "password", "csrf", "hash", "key")
# No way in: two fields of one form; ciphertexts that the caller cannot choose; the fingerprint of one's own session.
_HARMLESS = {"password != again", "(fresh := keys.rotate(token)) != token", "key == identity", "stored == token",
             "row.hash == mine"}


def comparisons() -> Iterator[str]:
    """Every `==` in our code between two values of which one is named like a secret; a column's is a query, by a hash."""
    for path in sorted((ROOT / "channels").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
                continue
            sides = [node.left, *node.comparators]
            names = [getattr(side, "attr", getattr(side, "id", "")) for side in sides]
            literal = any(isinstance(side, ast.Constant) for side in sides)
            if any(name.rsplit("_")[-1] in _SECRETS for name in names) and not literal and not _is_query(node.left):
                yield ast.unparse(node)


def _is_query(left: ast.expr) -> bool:
    return isinstance(left, ast.Attribute) and isinstance(left.value, ast.Name) and left.value.id[:1].isupper()


def test_secrets_are_compared_in_constant_time_or_looked_up_by_their_hash() -> None:
    assert set(comparisons()) <= _HARMLESS


_BOMB = """<?xml version="1.0"?><!DOCTYPE lheo [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY secret SYSTEM "file:///etc/passwd">]><lheo><offres><formation>&b;&secret;</formation></offres></lheo>"""


def test_open_data_that_attacks_its_reader_is_refused(tmp_path: Path) -> None:
    wicked = tmp_path / "offres.xml"
    wicked.write_text(_BOMB, "utf-8")
    environment = {**os.environ, "PARCOURS_STATE_DIR": str(tmp_path / "etat"), "PARCOURS_DATABASE_URL": ""}
    answer = subprocess.run([sys.executable, "-m", "parcours", "kb", "import", "lheo", str(wicked)], cwd=ROOT, env=environment,
                            capture_output=True, text=True, check=False, timeout=600)
    assert answer.returncode == 1 and "root:" not in answer.stdout + answer.stderr
    assert "offres.xml" in answer.stderr and "Traceback" not in answer.stderr
