"""The advisors' side of a running helpline, by its public API: what the newest case tells the person who takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from tests.stack import Stack


@dataclass(frozen=True)
class Desk:
    """An advisor with a personal key; made with `Desk.of`."""

    url: str
    key: str

    @classmethod
    def of(cls, stack: Stack, email: str) -> Desk:
        """A new account of this helpline."""
        stack.command("user", "add", email, "--role", "conseiller")
        return cls(stack.url, stack.command("user", "key", email).stdout.strip())

    def newest(self, state: str = "queued") -> dict[str, Any]:
        """The case that came last in this state, with its summary and transcript."""
        found = self._get("cases", state=state)["cases"]
        return self._get(f"cases/{found[-1]['id']}")

    def _get(self, path: str, **params: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.key}"}
        answer = httpx.get(f"{self.url}/api/advisor/{path}", params=params, headers=headers, timeout=90)
        answer.raise_for_status()
        return dict(answer.json())
