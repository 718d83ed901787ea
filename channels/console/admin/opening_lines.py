"""The lines of the opening hours as the table of their history shows them."""

from __future__ import annotations

from channels.hours.history import LABELS


def label(name: str) -> str:
    """The French name of a line."""
    return LABELS.get(name, name)


def shown(value: str) -> str:
    """A line as people read it; several dates on one line."""
    return ", ".join(value.splitlines()) or "(vide)"
