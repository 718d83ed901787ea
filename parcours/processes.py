"""The helpline's processes: what each is started with and how it is watched."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import logging
import logging.handlers
import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

_PR_SET_PDEATHSIG = 1
RESTART_DELAYS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)  # seconds
STABLE_AFTER = 30.0  # seconds of life after which the next death counts as a first one
STOP_GRACE = 8.0  # seconds between the polite signal and the hard one
_LOOK_EVERY, _LAST_WORDS = 0.05, 2.0  # seconds
_LONGEST_LINE = 65_536  # bytes


@dataclass(frozen=True)
class ProcessSpec:
    """One program to keep alive. `ready_url` answers 200 once it serves; `live_url` (else the same) as long as it is not hung."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    ready_url: str
    live_url: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """How a process that hangs is told from a busy one: `misses` in a row, `every` so many seconds, each after `patience`."""

    every: float = 10.0
    patience: float = 15.0
    misses: int = 3


def _die_with_parent() -> None:
    # Linux: if the launcher is killed hard, its children get SIGTERM instead of living on with the ports.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _rotating_log(folder: Path, name: str) -> logging.Logger:
    folder.mkdir(parents=True, exist_ok=True)
    logger = logging.getLogger(f"parcours.process.{name}")
    logger.propagate = False
    logger.setLevel(logging.INFO)
    if not logger.handlers:
        handler = logging.handlers.RotatingFileHandler(folder / f"{name}.log", maxBytes=5_000_000, backupCount=3)
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger.addHandler(handler)
    return logger


async def _copy(pipe: int, log: logging.Logger) -> None:
    """Each line into the log; one without end is cut, so that its writer never waits for us."""
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(pipe, "rb", 0))
    rest = b""
    try:
        while chunk := await reader.read(_LONGEST_LINE):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > _LONGEST_LINE:
                lines, rest = [*lines, rest], b""
            for line in lines:
                log.info(line[:_LONGEST_LINE].decode("utf-8", "replace").rstrip())
    finally:
        transport.close()


async def answers(client: httpx.AsyncClient, url: str) -> bool:
    """True when this address says 200."""
    with contextlib.suppress(httpx.HTTPError):
        return (await client.get(url)).status_code == 200
    return False


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@dataclass
class KeptAlive:
    """Runs a ProcessSpec, restarts it when it dies or hangs, stops it on request."""

    spec: ProcessSpec
    logs: Path
    restarts: int = 0
    probe: Probe = field(default_factory=Probe)
    _process: asyncio.subprocess.Process | None = field(default=None, init=False)
    _stopping: bool = field(default=False, init=False)

    async def run(self) -> None:
        """Until `stop()`: start, wait for the end, wait a little longer each time it dies young, start again."""
        failures = 0
        while not self._stopping:
            started = time.monotonic()
            await self._once()
            if self._asked_to_stop():  # while it ran
                return
            failures = 0 if time.monotonic() - started > STABLE_AFTER else failures
            delay = RESTART_DELAYS[min(failures, len(RESTART_DELAYS) - 1)]
            failures += 1
            self.restarts += 1
            print(f"Le processus « {self.spec.name} » s'est arrêté ; redémarrage dans {delay} s.", flush=True)
            await asyncio.sleep(delay)

    def _asked_to_stop(self) -> bool:
        return self._stopping

    async def _once(self) -> None:
        # A pipe of our own: asyncio's waits until nobody holds it any more, and workers outlive a supervisor that was killed.
        ours, theirs = os.pipe()
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self.spec.command, env={**os.environ, **self.spec.environment}, stdin=asyncio.subprocess.DEVNULL,
                stdout=theirs, stderr=theirs,
                # In a session of its own, Ctrl-C reaches the launcher alone, which then stops all in order.
                start_new_session=True, preexec_fn=_die_with_parent)
        finally:
            os.close(theirs)
        copying = asyncio.create_task(_copy(ours, _rotating_log(self.logs, self.spec.name)))
        probing = asyncio.create_task(self._end_when_hung(self._process.pid))
        await self._process.wait()
        probing.cancel()
        await self._end_orphans(self._process.pid)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(copying, _LAST_WORDS)

    async def _end_when_hung(self, pid: int) -> None:
        """Kills it once it answered and then misses several probes; whoever waits for its end starts it again."""
        answered, missed = False, 0
        async with httpx.AsyncClient(timeout=self.probe.patience) as client:
            while missed < self.probe.misses:
                await asyncio.sleep(self.probe.every)
                lives = await answers(client, self.spec.live_url or self.spec.ready_url)
                answered, missed = answered or lives, 0 if lives or not answered else missed + 1
        print(f"Le processus « {self.spec.name} » ne répond plus.", flush=True)
        self._signal(pid, signal.SIGKILL)

    async def _end_orphans(self, group: int) -> None:
        """Its workers, when it was killed: they would hold its port and serve unwatched."""
        ends = time.monotonic() + STOP_GRACE
        self._signal(group, signal.SIGTERM)
        while _lives(group) and time.monotonic() < ends:
            await asyncio.sleep(_LOOK_EVERY)
        self._signal(group, signal.SIGKILL)

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if running and self._process is not None else None

    async def stop(self) -> None:
        """SIGTERM to the whole group, SIGKILL after a grace period; never starts again."""
        self._stopping = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        self._signal(process.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOP_GRACE)
        except TimeoutError:
            self._signal(process.pid, signal.SIGKILL)
            await process.wait()

    @staticmethod
    def _signal(pid: int, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, number)
