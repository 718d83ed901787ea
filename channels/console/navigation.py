"""The console's menu, by role."""

from __future__ import annotations

from dataclasses import dataclass

from channels.principal import Principal


@dataclass(frozen=True, slots=True)
class Page:
    """One entry. `starts`: what the address of its pages begins with."""

    url: str
    label: str
    starts: str


_FOR_CASES = (Page("/console/", "Demandes", "/console/cases"),
              Page("/console/conversations", "Conversations en cours", "/console/conversations"))


def pages_for(me: Principal | None) -> list[Page]:
    """What this person may open, in the order of the day's work."""
    if me is None:
        return []
    return [*(_FOR_CASES if me.sees_cases else ()), Page("/console/compte", "Mon compte", "/console/compte")]
