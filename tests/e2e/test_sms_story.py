"""The story of README by SMS, through an independent Twilio: ask, get an answer, reach a person, go back to the bot, stop."""

from __future__ import annotations

from typing import Any

import httpx

from tests.dialogues.telecom import SmsCitizen
from tests.fixtures.twilio_emulator import Emulator
from tests.stack import Stack


class AdvisorApi:
    """Another helpdesk's view of the queue: the JSON API with a personal key."""

    def __init__(self, stack: Stack) -> None:
        email = "api@exemple.fr"
        stack.command("user", "add", email, "--role", "conseiller", "--name", "Camille")
        key = stack.command("user", "key", email).stdout.strip()
        self.http = httpx.Client(base_url=f"{stack.url}/api/advisor", headers={"Authorization": f"Bearer {key}"}, timeout=90)

    def newest(self) -> int:
        """The case by SMS that came last into the queue."""
        found = self.http.get("/cases", params={"state": "queued"}).raise_for_status().json()["cases"]
        return int([case["id"] for case in found if case["channel"] == "sms"][-1])

    def seen(self, case_id: int) -> dict[str, Any]:
        """The whole case."""
        return dict(self.http.get(f"/cases/{case_id}").raise_for_status().json())

    def act(self, case_id: int, verb: str, **body: str) -> None:
        """claim, messages, return, close…"""
        self.http.post(f"/cases/{case_id}/{verb}", json=body).raise_for_status()


def test_the_whole_story_by_sms(stack: Stack, twilio: Emulator) -> None:
    phone, advisor = SmsCitizen(twilio, stack.state_dir), AdvisorApi(stack)
    first = phone.say("slt jve fer coifure").text
    assert "automatique" in first and "coiff" in first.lower(), first

    assert "conseiller" in phone.say("je veux parler a un conseiller").text, phone.transcript
    case = advisor.newest()
    advisor.act(case, "claim")
    advisor.act(case, "messages", text="Bonjour, ici Camille. Dans quelle ville cherchez-vous ?")
    assert "Dans quelle ville" in phone.reads(2).text

    assert phone.say("a rouen").messages == [], "the bot spoke over the advisor"
    assert [message["text"] for message in advisor.seen(case)["messages"]][-1] == "a rouen"

    advisor.act(case, "return")
    assert "assistant" in phone.reads(1).text.lower()
    assert "VAE" in phone.say("c quoi la VAE").text

    assert "plus de SMS" in phone.say("ARRÊT").text, phone.transcript
    assert phone.say("bonjour").messages == [], "an SMS left after STOP"
