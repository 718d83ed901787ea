"""The running helpline as its machine sees it: who listens where, what the list of processes and the logs give away."""

from __future__ import annotations

import subprocess
from pathlib import Path

import psutil

from tests.fixtures.twilio_emulator import TOKEN
from tests.stack import Stack


def family(stack: Stack) -> list[psutil.Process]:
    """The launcher and everything it started."""
    launcher = psutil.Process(stack.pids()["launcher"])
    return [launcher, *launcher.children(recursive=True)]


def test_nothing_listens_beyond_the_loopback(stack: Stack) -> None:
    listening = [connection.laddr for process in family(stack) for connection in process.net_connections("inet")
                 if connection.status == psutil.CONN_LISTEN]
    assert len(listening) >= 3, "gateway, engine and actions"
    assert {address.ip for address in listening} <= {"127.0.0.1", "::1"}


def secrets_of(stack: Stack) -> list[str]:
    """What must be seen nowhere: the engine's token, the keys, Twilio's secret."""
    files = [stack.state_dir / "engine.token", *(stack.state_dir / "keys").iterdir()]
    return [TOKEN, *(path.read_text("ascii").strip() for path in files)]


def test_secrets_are_in_no_command_line_and_in_no_log(stack: Stack) -> None:
    stack.command("user", "add", "secrets@exemple.fr", "--role", "conseiller")
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    logs = "".join(path.read_text("utf-8", "replace") for path in (stack.state_dir / "logs").glob("*.log*"))
    launcher = (stack.state_dir / "launcher.log").read_text("utf-8")
    for secret in secrets_of(stack):
        assert secret not in listed and secret not in logs and secret not in launcher


def test_keys_and_databases_are_their_owner_s_alone(stack: Stack) -> None:
    private = [stack.state_dir / "engine.token", *(stack.state_dir / "keys").iterdir()]
    assert private and all(path.stat().st_mode & 0o077 == 0 for path in private)
    assert Path(stack.state_dir / "keys").stat().st_mode & 0o077 == 0
