"""Starts the engine: Rasa's server with our channel only, on the loopback interface, without telemetry.

    bot/.venv/bin/python bot/serve.py --model MODEL.tar.gz --port 8005

Environment: PARCOURS_ENGINE_TOKEN (bearer token of the channel), PARCOURS_ACTIONS_URL (address of the action server's webhook).
Ready when `GET /webhooks/gateway/health` answers 200.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

BOT = Path(__file__).resolve().parent
LOOPBACK = "127.0.0.1"
REQUIRED = ("PARCOURS_ENGINE_TOKEN", "PARCOURS_ACTIONS_URL")


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Command line: the model file and the port; the interface is loopback unless told otherwise."""
    parser = argparse.ArgumentParser(description="Parcours-Métiers dialogue engine")
    parser.add_argument("--model", required=True, type=Path)
    parser.add_argument("--port", type=int, default=8005)
    parser.add_argument("--interface", default=LOOPBACK, help="a private address, never a public one")
    return parser.parse_args(argv)


def prepare_environment() -> None:
    """No telemetry, one thread for numpy, our package importable by Rasa."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    # The matrices of a message are small: numpy's other threads would only wait, and burn twice the turn's own time.
    for library in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(library, "1")
    # Started as a script, Python puts bot/ first on the path: its modules are to be found under their package only.
    sys.path[:] = [str(BOT.parent), *[entry for entry in sys.path if Path(entry or ".").resolve() != BOT]]


def run(options: argparse.Namespace) -> None:
    """Serves until the process is told to stop."""
    from bot import lean_rasa, quiet_logging

    lean_rasa.install()
    quiet_logging.configure()
    import rasa.core.utils
    from rasa.core.run import serve_application

    # Rasa keeps conversations in memory when it cannot import our store: an import error has to stop us here instead.
    from bot import gateway_channel, lock_store, rasa_patches, tracker_store  # noqa: F401

    rasa_patches.apply()
    quiet_logging.configure()  # again: imports bring handlers of their own
    serve_application(
        model_path=str(options.model),
        interface=options.interface,
        port=options.port,
        credentials=str(BOT / "credentials.yml"),
        endpoints=rasa.core.utils.AvailableEndpoints.read_endpoints(str(BOT / "endpoints.yml")),
        enable_api=False,  # no /model, no /conversations
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point; 2 when a setting is missing."""
    options = arguments(argv)
    missing = [name for name in REQUIRED if not os.environ.get(name)]
    if missing or not options.model.is_file():
        print("missing: " + ", ".join(missing or [f"model {options.model}"]), file=sys.stderr)
        return 2
    prepare_environment()
    run(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
