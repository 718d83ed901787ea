"""The engine as the channels meet it: trained on a few sentences, served with `bot/serve.py`, asked over HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[3]
ENGINE_PYTHON = str(ROOT / "bot" / ".venv" / "bin" / "python")
TOKEN = "only-for-this-test"
SECRET = "rue des Lilas"

DOMAIN = """
version: "3.1"
intents: [pay, hiring, crash]
slots:
  turns: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  channel: {type: text, influence_conversation: false, mappings: [{type: custom}]}
actions: [action_pay, action_hiring, action_crash]
"""
RULES = "version: '3.1'\nrules:\n" + "".join(
    f"- rule: {name}\n  steps:\n  - intent: {intent}\n  - action: action_{name}\n"
    for name, intent in (("pay", "pay"), ("hiring", "hiring"), ("crash", "crash")))
NLU = """
version: "3.1"
nlu:
- intent: pay
  examples: |
    - combien gagne un maçon
    - quel salaire pour un fleuriste
    - ça paye bien boulanger
    - la paye d'une infirmière
    - salaire d'un soudeur
- intent: hiring
  examples: |
    - ça recrute vers Flers
    - il y a du travail dans le bois
    - on embauche des soudeurs
    - les débouchés pour un paysagiste
    - trouver un emploi de vendeur
- intent: crash
  examples: |
    - plante
    - casse tout
    - explose
    - panne totale
    - boum
"""


class Actions(BaseHTTPRequestHandler):
    """An action server that counts the turns in a slot, and fails on `action_crash`."""

    def do_POST(self) -> None:
        call = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.headers["x-parcours-token"] != TOKEN:
            self._send(401, {"error": "unauthorized"})
            return
        if call["next_action"] == "action_crash":
            self._send(500, {"error": SECRET})
            return
        turns = (call["tracker"]["slots"].get("turns") or 0) + 1
        reply = {"text": call["next_action"], "cards": [], "events_seen": len(call["tracker"]["events"]),
                 "metadata": call["tracker"]["latest_message"]["metadata"]}
        self._send(200, {"events": [{"event": "slot", "name": "turns", "value": turns}], "responses": [{"custom": reply}]})

    def _send(self, status: int, body: dict[str, object]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@dataclass
class Engine:
    """A running engine."""

    client: httpx.Client
    log: Path

    def turn(self, **changes: object) -> httpx.Response:
        """One turn of the conversation « c1 »."""
        return self.client.post("/webhooks/gateway/turn", json={"conversation_id": "c1", "channel": "web", **changes})


def _trained(folder: Path) -> Path:
    (folder / "data").mkdir()
    for name, text in (("domain.yml", DOMAIN), ("data/nlu.yml", NLU), ("data/rules.yml", RULES)):
        (folder / name).write_text(text, encoding="utf-8")
    command = [ENGINE_PYTHON, "-m", "bot.train", "--domain", str(folder / "domain.yml"), "--data", str(folder / "data"),
               "--out", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=800, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return folder / "model.tar.gz"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("engine")
    model = _trained(folder)
    actions = ThreadingHTTPServer(("127.0.0.1", 0), Actions)
    threading.Thread(target=actions.serve_forever, daemon=True).start()
    port, log = free_port(), folder / "engine.log"
    environment = {**os.environ, "PARCOURS_ENGINE_TOKEN": TOKEN, "PARCOURS_ACTIONS_URL": f"http://127.0.0.1:{actions.server_port}/webhook"}
    with log.open("w") as output:
        process = subprocess.Popen([ENGINE_PYTHON, str(ROOT / "bot" / "serve.py"), "--model", str(model), "--port", str(port)],
                                   cwd=folder, env=environment, stdout=output, stderr=output)
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=90)
    try:
        _wait(client, process, log)
        yield Engine(client, log)
    finally:
        process.terminate()
        process.wait(60)
        actions.shutdown()


def _wait(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1600):
        assert process.poll() is None, log.read_text()
        try:
            if client.get("/webhooks/gateway/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.25)
    raise AssertionError(log.read_text())


def test_a_question_is_understood_and_answered_by_an_action(engine: Engine) -> None:
    answer = engine.turn(text="combien gagne un couvreur ?").json()
    assert answer["replies"][0]["text"] == "action_pay"
    assert answer["intent"]["name"] == "pay"
    assert len(answer["ranking"]) == 3
    assert answer["state"]["slots"] == {"turns": 1, "channel": "web"}


def test_the_conversation_lives_in_the_state_that_is_handed_back_and_nowhere_else(engine: Engine) -> None:
    first = engine.turn(text="combien gagne un couvreur ?").json()
    second = engine.turn(text="on embauche des fleuristes ?", state=first["state"]).json()
    assert second["state"]["slots"]["turns"] == 2
    assert engine.turn(text="on embauche des fleuristes ?").json()["state"]["slots"]["turns"] == 1


def test_the_tracker_of_a_late_turn_is_as_short_as_that_of_an_early_one(engine: Engine) -> None:
    state, lengths = None, []
    for _ in range(12):
        answer = engine.turn(text="combien gagne un couvreur ?", state=state).json()
        state = answer["state"]
        lengths.append(answer["replies"][0]["events_seen"])
    assert lengths[-1] <= lengths[1] + 1


def test_a_button_skips_the_understanding(engine: Engine) -> None:
    answer = engine.turn(payload={"intent": "hiring", "slots": {"turns": 40}}).json()
    assert (answer["replies"][0]["text"], answer["intent"]["confidence"]) == ("action_hiring", 1.0)
    assert answer["state"]["slots"]["turns"] == 41


@pytest.mark.parametrize("said", [{"text": "ça recrute vers Flers ?"}, {"payload": {"intent": "hiring", "slots": {}}}])
def test_needs_travel_to_the_action_and_stay_nowhere(engine: Engine, said: dict[str, object]) -> None:
    needs = {"needs": [{"sheet": "metiers/macon", "point": "pay"}]}
    answer = engine.turn(**said, needs=needs).json()
    assert answer["replies"][0]["metadata"] == {"needs": needs}
    assert "metiers/macon" not in json.dumps(answer["state"])
    assert engine.turn(**said).json()["replies"][0]["metadata"] == {}


@pytest.mark.parametrize("text", ["/restart", "/pay", "//hiring", '/session_start{"a": 1}'])
def test_a_typed_slash_commands_nothing(engine: Engine, text: str) -> None:
    answer = engine.turn(text=text, state={"version": 1, "slots": {"turns": 5}})
    assert answer.status_code == 200
    assert len(answer.json()["ranking"]) > 1  # words that were understood: a command has no second choice
    assert answer.json()["state"]["slots"]["turns"] >= 5  # nothing was reset


@pytest.mark.parametrize("intent", ["restart", "session_start", "back", "no_such_intent"])
def test_a_button_cannot_name_a_command_of_the_engine(engine: Engine, intent: str) -> None:
    refused = engine.turn(payload={"intent": intent, "slots": {}})
    assert (refused.status_code, refused.json()) == (422, {"error": "unknown_intent"})


def test_without_the_token_nothing_is_answered(engine: Engine) -> None:
    refused = engine.client.post("/webhooks/gateway/turn", headers={"Authorization": "Bearer x"}, content=b"{}")
    assert (refused.status_code, refused.json()) == (401, {"error": "unauthorized"})


def test_a_crashed_action_is_an_empty_answer_without_its_words(engine: Engine) -> None:
    answer = engine.turn(payload={"intent": "crash", "slots": {}})
    assert (answer.status_code, answer.json()["replies"]) == (200, [])
    assert SECRET not in answer.text


@pytest.mark.parametrize("address", ["/model", "/conversations/c1/tracker", "/domain", "/webhooks/rest/webhook"])
def test_rasas_own_addresses_are_closed(engine: Engine, address: str) -> None:
    assert engine.client.get(address).status_code == 404


def test_the_log_holds_nobodys_words(engine: Engine) -> None:
    engine.turn(text=f"combien gagne un couvreur {SECRET} ?")
    engine.turn(payload={"intent": "crash", "slots": {}})
    assert "Lilas" not in engine.log.read_text()
    assert "couvreur" not in engine.log.read_text()
