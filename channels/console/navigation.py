"""The console's menu, by role."""

from __future__ import annotations

from dataclasses import dataclass

from channels.people.principal import Principal


@dataclass(frozen=True, slots=True)
class Page:
    """One entry. `starts`: what the address of its pages begins with."""

    url: str
    label: str
    starts: str


_FOR_CASES = (Page("/console/", "Demandes", "/console/cases"),
              Page("/console/rappels", "Rappels", "/console/rappels"),
              Page("/console/conversations", "En direct", "/console/conversations"))

_FOR_SUPERVISORS = (Page("/console/supervision", "Supervision", "/console/supervision"),
                    Page("/console/journal", "Journal", "/console/journal"))
_DUTY = Page("/console/astreinte", "Astreinte", "/console/astreinte")
_UNKNOWN = Page("/console/pas-compris", "Pas compris", "/console/pas-compris")
_SHEETS = Page("/console/fiches", "Fiches", "/console/fiches")
_AGENDA = Page("/console/agenda", "Agenda", "/console/agenda")
_ADMINISTRATION = Page("/console/administration", "Administration", "/console/administration")
_OPENING = Page("/console/administration/horaires", "Horaires", "/console/administration/horaires")
_ACCOUNT = Page("/console/compte", "Mon compte", "/console/compte")


def pages_for(me: Principal | None) -> list[Page]:
    """What this person may open, in the order of the day's work."""
    if me is None:
        return []
    found = list(_FOR_CASES) if me.sees_cases else []
    if me.supervises:
        found += _FOR_SUPERVISORS if me.administers else (*_FOR_SUPERVISORS, _DUTY)
    if me.supervises or me.edits:
        found.append(_UNKNOWN)
    if me.edits:
        found += [_SHEETS, _AGENDA]
        found.append(_ADMINISTRATION if me.administers else _OPENING)
    return [*found, _ACCOUNT]
