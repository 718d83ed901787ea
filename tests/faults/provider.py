"""A provider of SMS that outlives the process that uses it: what it took lies in a file, as it would lie at Twilio."""

from __future__ import annotations

import asyncio
import json
import os
import random
from pathlib import Path

from channels.delivery.outbox import AmbiguousSendError, Job, Sent, TransientSendError


class FileProvider:
    """`faults`: the part of sends that fail, are slow, or are taken without saying so; `seed` makes a run repeatable."""

    kind = "sms"

    def __init__(self, file: Path, faults: float = 0.0, seed: int = 1) -> None:
        self._file, self._faults, self._dice = file, faults, random.Random(seed)

    async def send(self, job: Job) -> Sent:
        """Takes it, or fails in one of three ways."""
        fault = self._dice.choice(("refused", "lost", "taken in silence", "slow")) if self._dice.random() < self._faults else None
        if fault == "refused":
            raise TransientSendError
        if fault == "lost":
            raise AmbiguousSendError
        if fault == "slow":
            await asyncio.sleep(0.05)
        self._take(job)
        if fault == "taken in silence":
            raise AmbiguousSendError
        return Sent(f"SM{job.id}", "queued")

    async def look_up(self, job: Job) -> Sent | None:
        """What Twilio's list would say."""
        known = any(item["id"] == job.callback_id for item in self.taken())
        return Sent(f"SM{job.id}", "sent") if known else None

    def taken(self) -> list[dict[str, str]]:
        """Everything that was taken, in order."""
        if not self._file.exists():
            return []
        return [json.loads(line) for line in self._file.read_text("utf-8").splitlines()]

    def bodies(self) -> list[str]:
        """Their texts, in order."""
        return [item["body"] for item in self.taken()]

    def _take(self, job: Job) -> None:
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"id": job.callback_id, "to": job.to, "body": job.body}) + "\n")
            file.flush()
            os.fsync(file.fileno())
