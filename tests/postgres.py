"""A PostgreSQL cluster of the tests' own: started on a free port, thrown away at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port


class PostgresMissing(RuntimeError):
    """PostgreSQL's server programs are not on this machine (`deploy/system-packages` installs them)."""


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise PostgresMissing("no initdb under /usr/lib/postgresql: run deploy/system-packages")
    return found[-1].parent


def _as_postgres(command: list[str]) -> list[str]:
    # initdb and postgres refuse to run as root, so root lends them the package's own account.
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def postgres_cluster() -> Iterator[str]:
    """Yields the URL of the cluster's `postgres` database (driver psycopg, superuser `parcours`)."""
    programs, port = _programs(), free_port()
    home = Path(tempfile.mkdtemp(prefix="parcours-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    data = home / "data"
    run = {"check": True, "cwd": home, "stdout": subprocess.DEVNULL}
    subprocess.run(_as_postgres([f"{programs}/initdb", "-D", str(data), "-U", "parcours", "-A", "trust", "-E", "UTF8",
                                 "--locale=C.UTF-8", "--no-sync"]), **run)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200"
    start = [f"{programs}/pg_ctl", "-D", str(data), "-o", options, "-l", str(home / "log"), "-w"]
    subprocess.run(_as_postgres([*start, "start"]), **run)
    try:
        yield f"postgresql+psycopg://parcours@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(_as_postgres([f"{programs}/pg_ctl", "-D", str(data), "-m", "immediate", "stop"]), **run)
        shutil.rmtree(home, ignore_errors=True)
