"""Ports for the servers that tests start: each is given out once, and nobody else takes it before the server does."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Iterator
from functools import cache

# Below those that the system gives to outgoing connections: no client of a busy suite may sit on one meanwhile.
_FIRST, _END = 15_000, 32_000
_WORKERS = 8


def free_port() -> int:
    """A TCP port of the loopback that nobody uses now; no other worker of the suite is given it either."""
    return next(port for port in _ours() if _is_free(port))


@cache
def _ours() -> Iterator[int]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    ports = list(range(_FIRST + worker % _WORKERS, _END, _WORKERS))
    random.SystemRandom().shuffle(ports)  # another suite on this machine begins elsewhere
    return iter(ports)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
