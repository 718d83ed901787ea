"""What templates need to show rows, numbers and slots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import phonenumbers

from channels.case.views import CaseRow
from channels.console import history, labels, times
from channels.console.alert_groups import by_case
from channels.console.views import awaits_reply, rank, sleeps
from channels.hours.french_dates import day_label
from channels.privacy.masking import speak_phone
from channels.store.models import OPEN_STATES

_MOST_SHOWN = 80  # characters of a slot


def phone(number: str) -> str:
    """« 06 12 34 56 78 »; what is not a number is shown as it is."""
    try:
        return speak_phone(number)
    except phonenumbers.NumberParseException:
        return number


def slots(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the dialogue learnt, in French, empty ones left out."""
    pairs = ((label, _text(found.get(name))) for name, label in labels.SLOTS.items())
    return [(label, value) for label, value in pairs if value]


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("title") or value.get("name") or value.get("label")
    return str(value)[:_MOST_SHOWN] if value else ""


def not_mine(case: CaseRow) -> str:
    """Who answers the person instead of whoever looks on."""
    if case.state == "human":
        return f"{case.owner} répond à cette personne."
    if case.state not in OPEN_STATES:
        return "Cette demande est terminée : rouvrez-la pour écrire."
    return f"{case.owner} tient cette demande." if case.owner else "Prenez la demande pour répondre."


def pairs(values: Iterable[str]) -> list[tuple[str, str]]:
    """Options whose value is their text."""
    return [(value, value) for value in values]


FILTERS = {
    **times.FILTERS, "phone": phone, "slots": slots, "rank": rank, "awaits": awaits_reply, "pairs": pairs, "dayname": day_label,
    "history": history.said, "by_case": by_case, "sleeps": sleeps, "not_mine": not_mine,
}
