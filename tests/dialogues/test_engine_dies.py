"""A process dies in the middle of a conversation: the citizen still gets an answer and a way to a person; then it goes on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.dialogues.people import WebCitizen
from tests.stack import Stack

# What the command line of each process holds, and the setting of the port that tells it from another helpline's.
PROCESSES = {"engine": ("serve.py", "PARCOURS_ENGINE_PORT"), "actions": ("actions.host", "PARCOURS_ACTIONS_PORT"),
             "gateway": ("channels.app", "PARCOURS_PORT")}


def pid_of(stack: Stack, name: str) -> int:
    """The process id of a process of this helpline, now."""
    return next(int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _is(stack, name, entry))


def _is(stack: Stack, name: str, process: Path) -> bool:
    try:
        command = (process / "cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    program, port = PROCESSES[name]
    return program in command and stack.environment[port] in command


def wait_until(condition: Callable[[], bool], seconds: float = 300) -> bool:
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
    os.kill(pid_of(stack, "engine"), signal.SIGKILL)

    answer = citizen.say("quel diplôme il faut ?")
    assert answer.text and answer.mode == "bot", citizen.transcript
    assert "Parler à un conseiller" in answer.buttons, citizen.transcript
    assert citizen.press("Parler à un conseiller").mode == "queued", citizen.transcript
    assert httpx.get(f"{stack.url}/health/live").status_code == 200

    assert wait_until(stack.ready), "the engine did not come back"
    assert wait_until(lambda: "metier/boulanger" in citizen.say("quel diplôme il faut ?").references), citizen.transcript
    assert citizen.last is not None and citizen.last.mode == "queued", citizen.transcript


def test_a_citizen_is_answered_while_the_actions_are_dead(stack: Stack) -> None:
    citizen = WebCitizen(stack.url)
    citizen.open()
    os.kill(pid_of(stack, "actions"), signal.SIGKILL)
    answer = citizen.say("c'est quoi le métier de boulanger")
    assert answer.text and answer.mode == "bot", citizen.transcript
    assert wait_until(stack.ready), "the actions did not come back"
    assert wait_until(lambda: "metier/boulanger" in citizen.say("c'est quoi le métier de boulanger").references)


def test_a_conversation_goes_on_after_the_gateway_was_killed(stack: Stack) -> None:
    citizen = WebCitizen(stack.url)
    citizen.open()
    assert "metier/boulanger" in citizen.say("c'est quoi le métier de boulanger").references
    os.kill(pid_of(stack, "gateway"), signal.SIGKILL)
    assert wait_until(stack.ready), "the gateway did not come back"
    answer = citizen.say("quel diplôme il faut ?")
    assert "metier/boulanger" in answer.references, citizen.transcript
