"""The whole helpline, started as `parcours run` does, on free ports and a throw-away state directory."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from parcours.paths import ROOT
from parcours.training import ensure_model, net_path
from tests.ports import free_port

STARTS_WITHIN = 300.0  # seconds; a machine that does much else starts slowly


@dataclass(frozen=True)
class Stack:
    """A running helpline: where it answers, where it keeps its state, the environment its commands need."""

    url: str
    state_dir: Path
    environment: dict[str, str]

    def command(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs `parcours …` beside it, as an operator would."""
        return subprocess.run([sys.executable, "-m", "parcours", *arguments], cwd=ROOT, env=self.environment,
                              capture_output=True, text=True, check=check, timeout=300)

    def pids(self) -> dict[str, int]:
        """Process ids by name: launcher, engine, actions, gateway (as written when it became ready)."""
        return dict(json.loads((self.state_dir / "run.json").read_text()))

    def ready(self) -> bool:
        """True when every part answers."""
        try:
            with urllib.request.urlopen(f"{self.url}/health/ready", timeout=3) as answer:  # noqa: S310 - loopback
                return bool(answer.status == 200)
        except OSError:
            return False


def shared_model() -> Path:
    """The model of the current data, trained once for all tests of this checkout."""
    return ensure_model(ROOT / ".state")


@contextmanager
def running_stack(settings: Mapping[str, str] | None = None, knowledge: Path | None = None) -> Iterator[Stack]:
    """Starts everything, yields when it is ready, stops everything and removes the state. `knowledge`: a state directory whose
    loaded knowledge base it starts with; without it the shipped sheets are loaded, as at a first start."""
    state_dir = Path(tempfile.mkdtemp(prefix="parcours-state-"))
    if knowledge is not None:
        shutil.copytree(knowledge, state_dir, dirs_exist_ok=True)
    model = shared_model()
    (state_dir / "models").mkdir(exist_ok=True)
    for learnt in (model, net_path(ROOT / ".state")):
        shutil.copy(learnt, state_dir / "models" / learnt.name)
    port = int((settings or {}).get("PARCOURS_PORT") or free_port())
    environment = {**os.environ, "PARCOURS_STATE_DIR": str(state_dir), "PARCOURS_PORT": str(port),
                   "PARCOURS_ENGINE_PORT": str(free_port()), "PARCOURS_ACTIONS_PORT": str(free_port()),
                   "PARCOURS_OPENING": "always", "PARCOURS_RATE_LIMIT": "0", "PARCOURS_DATABASE_URL": "",
                   **(settings or {})}
    stack = Stack(f"http://127.0.0.1:{port}", state_dir, environment)
    with (state_dir / "launcher.log").open("w") as log:
        process = subprocess.Popen([sys.executable, "-m", "parcours", "run"], cwd=ROOT, env=environment,
                                   stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            _wait_until_ready(stack, process)
            yield stack
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
            shutil.rmtree(state_dir, ignore_errors=True)


def _wait_until_ready(stack: Stack, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while not (stack.state_dir / "run.json").exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the helpline did not start:\n" + _last_lines(stack.state_dir))
        time.sleep(0.2)


def _last_lines(state_dir: Path) -> str:
    logs = [state_dir / "launcher.log", *sorted((state_dir / "logs").glob("*.log"))]
    return "\n".join(f"--- {log.name}\n" + "\n".join(log.read_text().splitlines()[-15:]) for log in logs if log.exists())
