"""What systemd is told (sd_notify(3)): that all is ready, and that the launcher still turns. Nothing without systemd."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket

READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"


def tell(state: str) -> None:
    """One datagram to the socket that systemd named; nothing when there is none."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        out.sendto(state.encode("ascii"), f"\0{address[1:]}" if address.startswith("@") else address)


async def keep_telling() -> None:
    """That the launcher turns, twice in the time that systemd waits for it; ends at once when it does not wait."""
    waits = int(os.environ.get("WATCHDOG_USEC", "0")) / 1_000_000
    while waits:
        tell(ALIVE)
        await asyncio.sleep(waits / 2)
