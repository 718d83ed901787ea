"""The engine dies in the middle of a conversation: the citizen still gets an answer and a way to a person; then it goes on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.dialogues.people import WebCitizen
from tests.stack import Stack


def engine_pid(stack: Stack) -> int:
    """The process id of the engine of this helpline."""
    return next(int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _is_engine_of(stack, entry))


def _is_engine_of(stack: Stack, process: Path) -> bool:
    try:
        command = (process / "cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return "serve.py" in command and stack.environment["PARCOURS_ENGINE_PORT"] in command


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.5)
    return False


def test_a_citizen_is_answered_while_the_engine_is_dead_and_goes_on_when_it_is_back(stack: Stack) -> None:
    citizen = WebCitizen(stack.url)
    citizen.open()
    citizen.say("c'est quoi le métier de boulanger")
    os.kill(engine_pid(stack), signal.SIGKILL)

    answer = citizen.say("quel diplôme il faut ?")
    assert answer.text and answer.mode == "bot", citizen.transcript
    assert "Parler à un conseiller" in answer.buttons, citizen.transcript
    assert citizen.press("Parler à un conseiller").mode == "queued", citizen.transcript
    assert httpx.get(f"{stack.url}/health/live").status_code == 200

    assert wait_until(stack.ready), "the engine did not come back"
    assert wait_until(lambda: "metier/boulanger" in citizen.say("quel diplôme il faut ?").references, 15), citizen.transcript
    assert citizen.last is not None and citizen.last.mode == "queued", citizen.transcript
