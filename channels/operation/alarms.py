"""Tells whoever runs the service what is wrong with it, without any other program: by SMS and mail of the last resort, and by a
webhook. Once when it has lasted two minutes, then every six hours as long as it lasts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog
from sqlalchemy.orm import Session

from channels.delivery.alerting import Alerting
from channels.store.database import Database
from channels.store.models import ServiceSetting
from clock import now

log = structlog.get_logger(__name__)
EVERY = 60.0  # seconds between two looks
_NAME = "troubles"
_LASTS, _AGAIN = timedelta(minutes=2), timedelta(hours=6)
_PATIENCE = 10.0  # seconds for the webhook

Look = Callable[[], Awaitable[set[str]]]


@dataclass
class Alarms:
    """`look`: what is wrong now. `webhook`: an address that takes {"text": …}, as ntfy, Slack, Mattermost and Teams do."""

    db: Database
    alerting: Alerting
    look: Look
    webhook: str | None = None
    _unstored: dict[str, Any] = field(default_factory=dict)

    async def round(self) -> None:
        """Looks once and tells what is new."""
        wrong = await self.look()
        if "database" in wrong:  # nothing can be stored: this process remembers, and only the webhook is left
            told = due(self._unstored, {"database"}, now())
        else:
            self._unstored = {}
            told = await self.db.write(lambda session: self._tell(session, wrong))
        for name in told:
            log.error("trouble", name=name)
            await self._post(name)

    def _tell(self, session: Session, wrong: Collection[str]) -> list[str]:
        row = session.get(ServiceSetting, _NAME, with_for_update=True)
        if row is None:
            row = ServiceSetting(name=_NAME, value={})
            session.add(row)
        known = {name: dict(when) for name, when in row.value.items()}
        told = due(known, wrong, now())
        for name in told:
            self.alerting.operation(session, name)
        row.value, row.changed_at = known, now()
        return told

    async def _post(self, name: str) -> None:
        if self.webhook is None:
            return
        text = self.alerting.sentences.text(f"alerts.trouble_{name}")
        try:
            async with httpx.AsyncClient(timeout=_PATIENCE) as client:
                (await client.post(self.webhook, json={"text": f"Parcours-Métiers : {text}"})).raise_for_status()
        except httpx.HTTPError as error:
            log.error("alarm_webhook_failed", error=type(error).__name__)


def due(known: dict[str, Any], wrong: Collection[str], instant: datetime) -> list[str]:
    """Which troubles are to be told now. `known`, brought up to date: name → {"since": …, "told": … or None} (ISO 8601)."""
    for name in set(known) - set(wrong):
        del known[name]
    found = []
    for name in sorted(wrong):
        entry = known.setdefault(name, {"since": instant.isoformat(), "told": None})
        last = datetime.fromisoformat(entry["told"]) if entry["told"] else None
        if instant - datetime.fromisoformat(entry["since"]) >= _LASTS and (last is None or instant - last >= _AGAIN):
            entry["told"] = instant.isoformat()
            found.append(name)
    return found
