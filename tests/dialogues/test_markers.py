"""Markers are planted in every field of every channel of the whole helpline, then looked for in everything that it writes.

While it runs, nothing of them lies in clear in a database, log, metric, error, file name, address or the engine's files. After
`parcours person erase` nothing of them can be read any more even with the keys.
"""

from __future__ import annotations

import base64
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import httpx
from sqlalchemy import create_engine, inspect, text

from channels.crypto import Keyring
from channels.settings import Settings
from channels.store.database import Database
from channels.store.models import Base
from tests.dialogues.telecom import Caller, SmsCitizen
from tests.fixtures.twilio_emulator import Emulator
from tests.stack import Stack

MARK = "zyxmarqueur"  # in no sheet, no sentence, no training example
NUMBERS = ("0639980777", "06 39 98 07 77", "+33639980777", "33639980777")


def marked(where: str) -> str:
    """A text that names where it was planted."""
    return f"{MARK} {where} Zacharie Quelquun 06 39 98 07 77 qqn.{MARK}@exemple.fr"


def forms() -> list[bytes]:
    """The markers as they could appear: as they are, in an address, in base 64, in JSON, in UTF-16."""
    texts = [MARK, "Quelquun", *NUMBERS]
    found = [form.encode() for item in texts for form in (item, item.upper(), quote(item), quote_plus(item))]
    return [*found, base64.b64encode(MARK.encode()), MARK.encode("utf-16-le")]


def written(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything under a folder: names and contents."""
    for path in folder.rglob("*"):
        yield f"the name of {path}", str(path.relative_to(folder)).encode()
        if path.is_file() and "keys" not in path.parts:
            yield str(path.relative_to(folder)), path.read_bytes()


def found_in(pieces: Iterator[tuple[str, bytes]]) -> list[str]:
    """Where a marker is."""
    wanted = forms()
    return [f"{where}: {form!r}" for where, content in pieces for form in wanted if form in content]


class Planting:
    """Somebody who says personal things on every channel, and an advisor who writes them down."""

    def __init__(self, stack: Stack, twilio: Emulator) -> None:
        self.stack, self.http = stack, httpx.Client(base_url=stack.url, timeout=30)
        self.sms, self.caller = SmsCitizen(twilio, stack.state_dir, "+33639980777"), Caller(stack.url, "+33639980777")
        stack.command("user", "add", f"{MARK}@exemple.fr", "--role", "conseiller", "--name", "Anne")
        key = stack.command("user", "key", f"{MARK}@exemple.fr").stdout.strip()
        self.advisor = {"authorization": f"Bearer {key}"}
        self.answers: list[str] = []
        self.token, self.session_id = "", ""

    def web(self) -> None:
        """Texts, a page's address, a comment, bad input of every kind."""
        body = {"page_url": f"https://exemple.fr/page?q={quote(marked('page'))}", "locale": "fr", "site_key": "cle"}
        opened = self.http.post("/api/chat/sessions", json=body).json()
        self.token, self.session_id = opened["token"], opened["session_id"]
        self._say(marked("web"))
        self._say("je veux mourir " + marked("detresse"))
        self._say("/restart " + marked("commande"))
        self.http.post("/api/chat/feedback", json={"score": 3, "comment": marked("avis")}, headers=self._bearer())
        for path, payload in (("messages", {"text": marked("refus") * 200}), ("messages", {"action": marked("bouton")[:60]}),
                              ("feedback", {"score": marked("note")}), ("sessions", {"page_url": marked("x") * 100})):
            answer = self.http.post(f"/api/chat/{path}", json=payload, headers=self._bearer())
            assert answer.status_code >= 400
            self.answers.append(answer.text)
        self.answers += [self.http.get(f"/api/kb/{quote(marked('sorte'))}/{quote(marked('fiche'))}").text]
        self.http.get("/api/kb/search", params={"q": marked("recherche")})
        self.http.get("/recherche", params={"q": marked("page")})

    def phone(self) -> None:
        """SMS and a call."""
        self.sms.say(marked("sms"))
        self.caller.open()
        self.caller.say(marked("voix"))

    def console(self) -> int:
        """The citizen asks for a person; the advisor claims, answers and notes; a transcript is imported."""
        self._say("je veux parler à un conseiller")
        cases = self.http.get("/api/advisor/cases", params={"state": "queued"}, headers=self.advisor).json()["cases"]
        case = max(int(item["id"]) for item in cases if item["channel"] == "web")
        for path, body in (("claim", {}), ("messages", {"text": marked("réponse")}), ("notes", {"text": marked("note")})):
            answer = self.http.post(f"/api/advisor/cases/{case}/{path}", json=body, headers=self.advisor)
            assert answer.status_code < 300, answer.text
        vtt = f"WEBVTT\n\n00:00.000 --> 00:04.000\n<v Appelant>Bonjour, {marked('appel')}\n"
        upload = self.http.post("/api/advisor/transcripts", files={"file": (f"{MARK}.vtt", vtt)}, headers=self.advisor)
        assert upload.status_code == 201, upload.text
        return int(upload.json()["case_id"])

    def _say(self, said: str) -> None:
        headers = {**self._bearer(), "idempotency-key": str(uuid.uuid4())}
        answer = self.http.post("/api/chat/messages", json={"text": said}, headers=headers)
        assert answer.status_code == 200, answer.text

    def _bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


def readable(stack: Stack) -> Iterator[tuple[str, bytes]]:
    """Every value of the conversations' database, decrypted with the installation's keys."""
    settings = Settings(_env_file=None, state_dir=stack.state_dir, database_url=None)  # type: ignore[call-arg]
    db = Database(settings.conversations_url, Keyring.from_settings(settings))
    for table in Base.metadata.sorted_tables:
        for row in db.read_now(lambda session, table=table: session.execute(table.select()).all()):  # type: ignore[misc]
            yield table.name, repr(tuple(row)).encode()
    db.close()


def test_nothing_personal_is_written_in_clear_and_nothing_is_left_after_the_erasure(stack: Stack, twilio: Emulator) -> None:
    planting = Planting(stack, twilio)
    planting.web()
    planting.phone()
    imported = planting.console()
    time.sleep(1)  # what a process still holds in its pipes reaches its log

    assert any(MARK.encode() in content for _, content in readable(stack)), "nothing was planted"
    assert found_in(written(stack.state_dir)) == []
    metrics = httpx.get(f"{stack.url}/metrics").content
    assert found_in(iter([("metrics", metrics), *(("error", item.encode()) for item in planting.answers)])) == []

    for who in ("+33639980777", planting.session_id, _conversation_of(stack, imported)):
        assert stack.command("person", "erase", who).returncode == 0
    accounts = [item for item in found_in(readable(stack)) if not item.startswith("account:")]  # its own address
    assert accounts == [], "something can still be read with the keys"
    assert found_in(written(stack.state_dir)) == []


def _conversation_of(stack: Stack, case: int) -> str:
    engine = create_engine(f"sqlite:///{stack.state_dir / 'conversations.sqlite3'}")
    with engine.connect() as connection:
        assert "case_file" in inspect(connection).get_table_names()
        found = connection.execute(text("SELECT conversation_id FROM case_file WHERE id = :id"), {"id": case}).scalar_one()
    engine.dispose()
    return str(found)
