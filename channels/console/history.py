"""A line of a case's history, in French."""

from __future__ import annotations

from channels.case.views import CaseEventView
from channels.console import labels


def said(event: CaseEventView) -> str:
    """« Transmise par Awa à Bruno », « Remise dans la file : Awa, absent de la console », « Close par Awa : informée »."""
    line = labels.EVENTS.get(event.kind, event.kind)
    line += f" par {event.by}" if event.by else ""
    line += f" à {event.data['to']}" if event.data.get("to") else ""
    details = [*_requeued(event), *_closed(event)]
    return f"{line} : {', '.join(details)}" if details else line


def _requeued(event: CaseEventView) -> list[str]:
    why = labels.WHY.get(str(event.data.get("why")))
    return [str(event.data.get("from") or "conseiller"), why] if why else []


def _closed(event: CaseEventView) -> list[str]:
    outcome = labels.OUTCOMES.get(str(event.data.get("outcome")), "").lower()
    reason = str(event.data.get("reason") or "") if event.kind == "closed" else ""
    return [text for text in (outcome, reason) if text]
