"""The yardstick: Rasa's own starter bot (`rasa init`), with the one custom action that its template shows, switched on."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from parcours.paths import ENGINE_PYTHON
from parcours.training import engine_environment
from tests.ports import free_port


@contextmanager
def starter_bot(folder: Path) -> Iterator[tuple[str, float, list[int]]]:
    """Makes, trains and serves it; yields (base URL, training seconds, process ids)."""
    environment = {**engine_environment(), "PYTHONPATH": str(folder)}
    rasa = [str(ENGINE_PYTHON), "-m", "rasa"]
    # What `rasa init` copies, without the first training that it insists on.
    shutil.copytree(_template(), folder, dirs_exist_ok=True)
    action_port, port = free_port(), free_port()
    _switch_the_action_on(folder, action_port)
    started = time.monotonic()
    quiet: dict[str, Any] = {
        "cwd": folder, "env": environment,
        "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL,
    }
    subprocess.run([*rasa, "train", "--fixed-model-name", "bench"], check=True, **quiet)
    training = time.monotonic() - started
    log = folder / "starter.log"
    quiet["stdout"] = quiet["stderr"] = log.open("w")
    sdk = [str(ENGINE_PYTHON), "-m", "rasa_sdk", "--actions", "actions", "--port", str(action_port)]
    actions = subprocess.Popen(sdk, **quiet)
    engine = subprocess.Popen([*rasa, "run", "-m", "models/bench.tar.gz", "-i", "127.0.0.1", "-p", str(port)], **quiet)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", engine, log)
        _wait_for(f"http://127.0.0.1:{action_port}/health", actions, log)
        yield f"http://127.0.0.1:{port}", training, [actions.pid, engine.pid]
    finally:
        for process in (engine, actions):
            process.terminate()
            process.wait(20)


def _template() -> Path:
    return next((ENGINE_PYTHON.parents[1] / "lib").glob("python3.*/site-packages/rasa/cli/initial_project"))


def _switch_the_action_on(folder: Path, port: int) -> None:
    actions = folder / "actions" / "actions.py"
    code = re.sub(r"^# ?", "", actions.read_text(), flags=re.MULTILINE)
    actions.write_text(code[code.index("from typing"):])
    (folder / "endpoints.yml").write_text(f'action_endpoint:\n  url: "http://127.0.0.1:{port}/webhook"\n')
    (folder / "credentials.yml").write_text("rest:\n")
    domain = folder / "domain.yml"
    domain.write_text(domain.read_text() + "\nactions:\n  - action_hello_world\n")
    for name in ("stories.yml", "rules.yml"):
        path = folder / "data" / name
        path.write_text(path.read_text().replace("utter_greet", "action_hello_world"))


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 600) -> None:
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=10)  # noqa: S310 - our own loopback address
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise RuntimeError(f"{url} does not answer:\n{log.read_text()[-2000:]}")
