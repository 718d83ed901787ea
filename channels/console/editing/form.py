"""From the fields of a form to the fields of a sheet, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import clock
from knowledge_base.dates import french_date
from knowledge_base.editing.fields import Field, fields_of
from knowledge_base.editing.rows import RETIRED
from knowledge_base.kinds import KINDS

SOURCE = Field("source", "Source")
_SOURCE_PARTS = ("name", "url", "collected_on")
_TITLES = {"title": "Titre", "summary": "Résumé", "source": "Source", RETIRED: "Fiche retirée"}


def fields_from(kind: str, form: Mapping[str, Any]) -> dict[str, Any]:
    """Every field of the form; an emptied one is None. Line ends are those of the content files."""
    fields: dict[str, Any] = {field.name: _text(form, field.name) for field in fields_of(kind) if field.name in form}
    source = {part: _text(form, f"source_{part}") for part in _SOURCE_PARTS}
    fields["source"] = {part: value for part, value in source.items() if value} if source["name"] else None
    return fields


def _text(form: Mapping[str, Any], name: str) -> str | None:
    return "\n".join(line.rstrip() for line in str(form.get(name, "")).strip().splitlines()) or None


def source_shown(fields: Mapping[str, Any]) -> dict[str, str]:
    """What the source's three inputs show; « read today » for a sheet that had none."""
    source = fields.get("source") or {"collected_on": clock.today().isoformat()}
    return {part: source.get(part) or "" for part in _SOURCE_PARTS}


def label(name: str) -> str:
    """The French name of a field of any kind."""
    return _TITLES.get(name) or next((field.label for kind in KINDS for field in fields_of(kind) if field.name == name), name)


def shown(value: Any) -> str:
    """A value of the history as people read it."""
    if value is None or value == "":
        return "(vide)"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        day = value.get("collected_on")
        return str(value.get("name", "")) + (f", le {french_date(date.fromisoformat(day))}" if day else "")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
