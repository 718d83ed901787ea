"""Starts the helpline on one machine: engine, actions, gateway; keeps them alive; stops them together."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from channels.operation import metrics
from channels.settings import Settings
from parcours import notify
from parcours.errors import CommandFailed
from parcours.paths import ENGINE_PYTHON, ROOT
from parcours.processes import KeptAlive, ProcessSpec, answers
from parcours.secrets import engine_token
from parcours.training import engine_environment

_MEMORY = Path("/dev/shm")  # noqa: S108 - numbers only, in a folder of our own
READY_WITHIN = 120.0  # seconds; a slow machine training nothing still starts well within


def process_specs(settings: Settings, model: Path, token: str) -> list[ProcessSpec]:
    """The three programs with their commands, environments and readiness addresses (all on loopback but the gateway)."""
    shared = {
        **engine_environment(),
        "PARCOURS_ENGINE_TOKEN": token,
        "PARCOURS_ENGINE_PORT": str(settings.engine_port),
        "PARCOURS_ACTIONS_PORT": str(settings.actions_port),
        "PARCOURS_STATE_DIR": str(settings.state_dir.resolve()),
        "PYTHONUNBUFFERED": "1",
    }
    return [_actions(settings, shared), _engine(settings, shared, model), _gateway(settings, shared)]


def _actions(settings: Settings, shared: dict[str, str]) -> ProcessSpec:
    command = [sys.executable, "-m", "uvicorn", "--factory", "actions.host:create_app", "--host", "127.0.0.1",
               "--port", str(settings.actions_port), "--no-access-log", "--log-level", "warning"]
    return ProcessSpec("actions", command, shared, f"http://127.0.0.1:{settings.actions_port}/health")


def _engine(settings: Settings, shared: dict[str, str], model: Path) -> ProcessSpec:
    command = [str(ENGINE_PYTHON), str(ROOT / "bot" / "serve.py"), "--model", str(model),
               "--port", str(settings.engine_port)]
    environment = {**shared, "PARCOURS_ACTIONS_URL": f"http://127.0.0.1:{settings.actions_port}/webhook"}
    return ProcessSpec("engine", command, environment, f"http://127.0.0.1:{settings.engine_port}/webhooks/gateway/health")


def _gateway(settings: Settings, shared: dict[str, str]) -> ProcessSpec:
    command = [sys.executable, "-m", "uvicorn", "--factory", "channels.app:create_app", "--host", settings.host,
               "--port", str(settings.port), "--no-access-log", "--log-level", "warning", "--no-server-header",
               "--timeout-graceful-shutdown", "3", *(["--workers", str(settings.gateways)] if settings.gateways > 1 else [])]
    environment = {**shared, **({metrics.FOLDER: str(metrics_folder(settings))} if settings.gateways > 1 else {})}
    base = f"http://127.0.0.1:{settings.port}/health"
    return ProcessSpec("gateway", command, environment, f"{base}/ready", f"{base}/live")


async def serve(settings: Settings, model: Path) -> None:
    """Runs until SIGINT or SIGTERM; prints the addresses once everything answers.

    Raises:
        CommandFailed: a part did not become ready in time; everything is stopped first.
    """
    _fresh_metrics(settings)
    specs = process_specs(settings, model, settings.engine_token or engine_token(settings.state_dir))
    children = [KeptAlive(spec, settings.state_dir / "logs") for spec in specs]
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    tasks = [asyncio.create_task(child.run()) for child in children]
    tasks.append(asyncio.create_task(notify.keep_telling()))
    try:
        await _until_ready(specs, stop)
        if not stop.is_set():
            _announce(settings, children)
            notify.tell(notify.READY)
            await stop.wait()
    finally:
        print("Arrêt…", flush=True)
        notify.tell(notify.STOPPING)
        # The gateway first, so that nobody is answered by half a system.
        for child in reversed(children):
            await child.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        _run_file(settings).unlink(missing_ok=True)


def _fresh_metrics(settings: Settings) -> None:
    # The counters of several gateways lie in files there; those of an earlier run would add up with them.
    folder = metrics_folder(settings)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)


def metrics_folder(settings: Settings) -> Path:
    """Where the counters of several gateways lie: in memory. They are mapped files, and a full disk kills whoever maps one."""
    kept_in = _MEMORY if os.access(_MEMORY, os.W_OK) else settings.state_dir.resolve()
    return kept_in / f"parcours-metrics-{settings.port}"


async def _until_ready(specs: Sequence[ProcessSpec], stop: asyncio.Event) -> None:
    deadline = time.monotonic() + READY_WITHIN
    waiting = {spec.name: spec.ready_url for spec in specs}
    async with httpx.AsyncClient(timeout=5) as client:
        while waiting and not stop.is_set():
            if time.monotonic() > deadline:
                raise CommandFailed(f"Pas prêt après {READY_WITHIN:.0f} s : {', '.join(waiting)}. "
                                    "Voir les journaux dans le dossier « logs » de l'état.")
            for name in [name for name, url in waiting.items() if await answers(client, url)]:
                del waiting[name]
                print(f"  · {name} prêt", flush=True)
            await asyncio.sleep(0.25)


def _run_file(settings: Settings) -> Path:
    return settings.state_dir / "run.json"


def _announce(settings: Settings, children: Sequence[KeptAlive]) -> None:
    # Process ids only: an operator (and the fault tests) can see what runs; no secret is written.
    _run_file(settings).write_text(json.dumps({"launcher": os.getpid(), **{c.spec.name: c.pid for c in children}}))
    base = f"http://{settings.host}:{settings.port}"
    print(f"""
Parcours-Métiers est prêt.
  Page de démonstration avec le widget : {base}/
  Console des conseillers              : {base}/console/
     premier compte : parcours user add ADRESSE --role admin   (affiche un lien, valable une fois)
     (sans activer l'environnement : .venv/bin/parcours …)
  API et sa documentation              : {base}/docs
Ctrl-C arrête tout.
""", flush=True)
