"""The launcher keeps its processes alive and stops them all."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from parcours.processes import KeptAlive, Probe, ProcessSpec
from tests.ports import free_port


def _sleeper(name: str = "dormeur", code: str = "import time; time.sleep(60)") -> ProcessSpec:
    return ProcessSpec(name, [sys.executable, "-c", code], {}, "http://127.0.0.1:1/")


async def _pid(child: KeptAlive, other_than: int | None = None) -> int:
    for _ in range(2400):
        if child.pid not in (None, other_than):
            return int(child.pid)  # type: ignore[arg-type]
        await asyncio.sleep(0.05)
    raise AssertionError("the process did not start")


@pytest.fixture
async def child(tmp_path: Path) -> AsyncIterator[KeptAlive]:
    kept = KeptAlive(_sleeper(), tmp_path)
    task = asyncio.create_task(kept.run())
    yield kept
    await kept.stop()
    await asyncio.wait_for(task, 120)


async def _written(log: Path, lines: int) -> list[str]:
    while len(found := _words(log)) < lines:
        await asyncio.sleep(0.05)
    return found


def _words(log: Path) -> list[str]:
    return log.read_text().split() if log.exists() else []


def _alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


async def test_a_process_that_dies_is_started_again(child: KeptAlive) -> None:
    first = await _pid(child)
    os.kill(first, signal.SIGKILL)
    second = await _pid(child, other_than=first)
    assert second != first and child.restarts == 1


async def test_a_supervisor_that_is_killed_is_started_again_and_its_workers_are_ended(tmp_path: Path) -> None:
    forks = "import os, time; os.fork(); os.write(1, b'%d\\n' % os.getpid()); time.sleep(60)"
    kept = KeptAlive(_sleeper("meneur", forks), tmp_path)
    task = asyncio.create_task(kept.run())
    first = await _pid(kept)
    workers = await _written(tmp_path / "meneur.log", 2)
    os.kill(first, signal.SIGKILL)
    second = await _pid(kept, other_than=first)
    assert second != first and kept.restarts == 1
    assert not any(_alive(int(pid)) for pid in workers)
    await kept.stop()
    await asyncio.wait_for(task, 120)


async def test_a_line_without_end_is_cut_and_its_writer_goes_on(tmp_path: Path) -> None:
    writes = "import time; print('x' * 3_000_000, flush=True); print('vivant', flush=True); time.sleep(60)"
    kept = KeptAlive(_sleeper("bavard", writes), tmp_path)
    task = asyncio.create_task(kept.run())
    while "vivant" not in _words(tmp_path / "bavard.log"):
        await asyncio.sleep(0.05)
    assert kept.restarts == 0
    await kept.stop()
    await asyncio.wait_for(task, 120)


async def test_stopping_ends_the_process_and_does_not_restart_it(tmp_path: Path) -> None:
    kept = KeptAlive(_sleeper(), tmp_path)
    task = asyncio.create_task(kept.run())
    pid = await _pid(kept)
    await kept.stop()
    await asyncio.wait_for(task, 120)
    assert not _alive(pid) and kept.restarts == 0


async def test_a_process_that_ignores_the_polite_signal_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parcours.processes.STOP_GRACE", 0.3)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('sourd', flush=True); time.sleep(60)"
    kept = KeptAlive(_sleeper("sourd", deaf), tmp_path)
    task = asyncio.create_task(kept.run())
    pid = await _pid(kept)
    while "sourd" not in (tmp_path / "sourd.log").read_text():
        await asyncio.sleep(0.05)
    await kept.stop()
    await asyncio.wait_for(task, 120)
    assert not _alive(pid)


def test_children_do_not_outlive_a_launcher_that_was_killed(tmp_path: Path) -> None:
    script = f"""
import asyncio, pathlib, sys
from parcours.processes import KeptAlive, Probe, ProcessSpec
from tests.ports import free_port
spec = ProcessSpec("enfant", [sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"], {{}}, "")
asyncio.run(KeptAlive(spec, pathlib.Path({str(tmp_path)!r})).run())
"""
    launcher = subprocess.Popen([sys.executable, "-c", script])
    log = tmp_path / "enfant.log"
    for _ in range(2400):
        if log.exists() and log.read_text().strip():
            break
        subprocess.run(["sleep", "0.05"], check=True)
    pid = int(log.read_text().split()[0])
    launcher.kill()
    launcher.wait()
    for _ in range(2400):
        if not _alive(pid) or _is_zombie(pid):
            return
        subprocess.run(["sleep", "0.05"], check=True)
    raise AssertionError("the child outlived its launcher")


def _is_zombie(pid: int) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    return True


HANGS_AFTER_TWO = """
import http.server, time
class Handler(http.server.BaseHTTPRequestHandler):
    served = 0
    def do_GET(self):
        Handler.served += 1
        if Handler.served > 2:
            time.sleep(600)
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_):
        pass
http.server.HTTPServer(("127.0.0.1", %d), Handler).serve_forever()
"""


async def test_a_process_that_answered_and_hangs_is_replaced(tmp_path: Path) -> None:
    port = free_port()
    spec = ProcessSpec("muet", [sys.executable, "-c", HANGS_AFTER_TWO % port], {}, f"http://127.0.0.1:{port}/")
    kept = KeptAlive(spec, tmp_path, probe=Probe(every=0.05, patience=0.5, misses=2))
    task = asyncio.create_task(kept.run())
    first = await _pid(kept)
    second = await _pid(kept, other_than=first)
    assert second != first and kept.restarts >= 1
    await kept.stop()
    await asyncio.wait_for(task, 120)


async def test_a_process_that_has_not_answered_yet_is_left_to_begin(tmp_path: Path) -> None:
    kept = KeptAlive(_sleeper(), tmp_path, probe=Probe(every=0.02, patience=0.2, misses=2))
    task = asyncio.create_task(kept.run())
    first = await _pid(kept)
    await asyncio.sleep(1)
    assert (kept.pid, kept.restarts) == (first, 0)
    await kept.stop()
    await asyncio.wait_for(task, 120)
