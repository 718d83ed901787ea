"""The story of README by SMS, through an independent Twilio: ask, get an answer, reach a person, go back to the bot, stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from tests.fixtures.twilio_emulator import Emulator
from tests.stack import Stack

CITIZEN = "+33639980999"  # of the range that the regulator keeps for fiction


@dataclass
class Phone:
    """A basic phone: sends an SMS, reads what came since."""

    twilio: Emulator
    number: str = CITIZEN
    read: int = 0

    def send(self, text: str, answers: int = 1) -> str:
        """Sends, waits for that many SMS, returns them joined."""
        self.twilio.text(self.number, text)
        return self.receive(answers)

    def receive(self, answers: int = 1) -> str:
        """The next SMS."""
        found = self.twilio.wait_for(self.read + answers, self.number)
        new, self.read = found[self.read:], len(found)
        return "\n".join(item["body"] for item in new)


class AdvisorApi:
    """Another helpdesk's view of the queue: the JSON API with a personal key."""

    def __init__(self, stack: Stack) -> None:
        email = "api@exemple.fr"
        stack.command("user", "add", email, "--role", "conseiller", "--name", "Camille")
        key = stack.command("user", "key", email).stdout.strip()
        self.http = httpx.Client(base_url=f"{stack.url}/api/advisor", headers={"Authorization": f"Bearer {key}"}, timeout=20)

    def cases(self, state: str) -> list[dict[str, Any]]:
        """One list of the queue."""
        return list(self.http.get("/cases", params={"state": state}).raise_for_status().json()["cases"])

    def act(self, case_id: int | str, verb: str, body: dict[str, str] | None = None) -> httpx.Response:
        """claim, messages, return, close…"""
        return self.http.post(f"/cases/{case_id}/{verb}", json=body or {})


def test_the_whole_story_by_sms(stack: Stack, twilio: Emulator) -> None:
    phone, advisor = Phone(twilio), AdvisorApi(stack)
    first = phone.send("slt jve fer coifure")
    assert "automatique" in first and "coiff" in first.lower(), first

    queued = phone.send("je veux parler a un conseiller")
    assert "conseiller" in queued, queued
    case = [case for case in advisor.cases("queued") if case["channel"] == "sms"][-1]  # the newest comes last
    assert advisor.act(case["id"], "claim").status_code == 200
    said = advisor.act(case["id"], "messages", {"text": "Bonjour, ici Camille. Dans quelle ville cherchez-vous ?"})
    assert said.status_code in (200, 201), said.text
    assert "Dans quelle ville" in phone.receive()

    twilio.text(CITIZEN, "a rouen")
    detail = advisor.http.get(f"/cases/{case['id']}").json()
    assert "a rouen" in str(detail), detail
    assert len(twilio.outbound(CITIZEN)) == phone.read, "the bot spoke over the advisor"

    assert advisor.act(case["id"], "return").status_code == 200
    assert "assistant" in phone.receive().lower()
    assert "VAE" in phone.send("c quoi la VAE")

    assert "désinscrit" in (goodbye := phone.send("ARRÊT")) or "plus de SMS" in goodbye or "STOP" in goodbye, goodbye
    twilio.text(CITIZEN, "bonjour")
    assert len(twilio.outbound(CITIZEN)) == phone.read, "an SMS left after STOP"
