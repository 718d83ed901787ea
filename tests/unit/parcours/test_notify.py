"""The launcher says to systemd that it is ready and that it still turns."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from pathlib import Path

import pytest

from parcours.notify import READY, keep_telling, tell


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    """The socket of a systemd that waits a fifth of a second."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(tmp_path / "notify"))
    listening.settimeout(5)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "200000")
    return listening


def test_it_says_when_it_is_ready(heard: socket.socket) -> None:
    tell(READY)
    assert heard.recv(100) == b"READY=1"


async def test_it_goes_on_saying_that_it_turns(heard: socket.socket) -> None:
    telling = asyncio.create_task(keep_telling())
    for _ in range(3):
        assert await asyncio.to_thread(heard.recv, 100) == b"WATCHDOG=1"
    telling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await telling


async def test_without_systemd_nothing_is_said_and_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    tell(READY)
    await asyncio.wait_for(keep_telling(), 5)
