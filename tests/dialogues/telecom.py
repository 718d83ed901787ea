"""Somebody with a telephone: SMS and calls as Twilio brings them, signed."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx

from tests.conftest import ADVISORS
from tests.dialogues.people import Answer
from tests.fixtures.signed import signature
from tests.fixtures.twilio_emulator import NUMBER, TOKEN, Emulator
from tests.fixtures.unfinished import unfinished, wait_until_done

_counter = itertools.count(1)


def new_number() -> str:
    """A mobile number of the range kept for fiction, another one each time."""
    return f"+3363998{next(_counter):04d}"


def call_twilio(url: str, path: str, fields: dict[str, str]) -> httpx.Response:
    """A webhook that Twilio signed."""
    address = url + path
    headers = {"X-Twilio-Signature": signature(TOKEN, address, fields), "Content-Type": "application/x-www-form-urlencoded"}
    answer = httpx.post(address, content=urlencode(fields), headers=headers, timeout=90)
    assert answer.status_code in {200, 204}, f"{path}: {answer.status_code} {answer.text}"
    return answer


@dataclass
class SmsCitizen:
    """A citizen who texts a helpline whose state lies in `state_dir`; an answer is all that was sent to the number since."""

    twilio: Emulator
    state_dir: Path
    number: str = field(default_factory=new_number)
    log: list[str] = field(default_factory=list)
    _read: int = 0

    def say(self, text: str) -> Answer:
        """Sends an SMS; gives the replies, once nothing more is to come."""
        before = unfinished(self.state_dir)
        self.twilio.text(self.number, text)
        wait_until_done(self.state_dir, before)
        self.log.append(f"> {text}")
        return self.reads()

    def reads(self, at_least: int = 0) -> Answer:
        """The SMS that are new; waits for `at_least` that many."""
        bodies = [str(item["body"]) for item in self.twilio.wait_for(self._read + at_least, self.number)]
        received, self._read = bodies[self._read:], len(bodies)
        self.log += [f"< {body}" for body in received]
        return Answer("", [{"text": body, "cards": [], "quick_replies": [], "author": "bot"} for body in received])

    @property
    def transcript(self) -> str:
        """The exchange so far."""
        return "\n".join(self.log)


@dataclass
class Caller:
    """A citizen who calls; an answer is what is heard, « [transfert] » when the call is put through."""

    base_url: str
    number: str = field(default_factory=new_number)
    log: list[str] = field(default_factory=list)
    _next: str = "/webhooks/twilio/voice"
    sid: str = field(default_factory=lambda: f"CA{next(_counter):032x}")

    def open(self) -> Answer:
        """Dials the number."""
        return self._hear("", {})

    def say(self, text: str) -> Answer:
        """Speaks."""
        return self._hear(text, {"SpeechResult": text, "Confidence": "0.9"})

    def press(self, key: str) -> Answer:
        """Presses a key."""
        return self._hear(f"[{key}]", {"Digits": key})

    def _hear(self, said: str, fields: dict[str, str]) -> Answer:
        call = {"CallSid": self.sid, "From": self.number, "To": NUMBER, "Direction": "inbound", "CallStatus": "in-progress"}
        heard = ElementTree.fromstring(call_twilio(self.base_url, self._next, {**call, **fields}).text)  # noqa: S314 - our own answer
        text = " ".join("".join(element.itertext()) for element in heard.iter("Say"))
        if any(element.text == ADVISORS for element in heard.iter("Number")):
            text += " [transfert]"
        gather = next((element for element in heard.iter("Gather")), None)
        if gather is not None:
            self._next = gather.attrib["action"].removeprefix(self.base_url)
        self.log += [f"> {said}", f"< {text}"]
        return Answer("", [{"text": text, "cards": [], "quick_replies": [], "author": "bot"}])

    @property
    def query(self) -> str:
        """What the addresses of this call carry."""
        return self._next.partition("?")[2]

    @property
    def transcript(self) -> str:
        """The call so far."""
        return "\n".join(self.log)
