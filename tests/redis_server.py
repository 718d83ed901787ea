"""A Redis of the tests' own: started on a free port, nothing kept."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from redis import Redis
from redis.exceptions import RedisError

from tests.ports import free_port


@dataclass
class RedisServer:
    """A running server that can be stopped and started again on the same port."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """For `PARCOURS_REDIS_URL`."""
        return f"redis://127.0.0.1:{self.port}/0"

    def stop(self) -> None:
        """Like a machine that is gone."""
        self.process.kill()
        self.process.wait(10)

    def start(self) -> None:
        """Again, empty."""
        self.process = _started(self.port)


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """A real server for the length of the block."""
    if shutil.which("redis-server") is None:
        raise RuntimeError("no redis-server: run deploy/system-packages")
    port = free_port()
    server = RedisServer(port, _started(port))
    try:
        yield server
    finally:
        server.stop()


def _started(port: int) -> subprocess.Popen[bytes]:
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    client, deadline = Redis(port=port), time.monotonic() + 120
    while True:
        try:
            client.ping()
            client.close()
            return process
        except RedisError:
            assert process.poll() is None and time.monotonic() < deadline, "redis-server did not start"
            time.sleep(0.05)
