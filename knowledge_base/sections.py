"""A sheet in reading order: French headings and their text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import clock
from knowledge_base.dates import french_date, french_period
from knowledge_base.schema import DatedText
from knowledge_base.schema_kinds import Access, Recruitment

if TYPE_CHECKING:
    from knowledge_base.sheet import Sheet

HEADINGS: dict[str, list[tuple[str, str]]] = {
    "metier": [
        ("does", "Ce qu’on y fait"),
        ("day", "Une journée"),
        ("conditions", "Conditions de travail"),
        ("access", "Comment y arriver"),
        ("mixite", "Filles et garçons"),
        ("salary", "Salaire"),
        ("recruitment", "Recrutement"),
        ("skills", "Ce qu’il faut savoir faire"),
        ("environments", "Où l’on travaille"),
    ],
    "formation": [
        ("spells_out", "En toutes lettres"),
        ("learn", "Ce qu’on y apprend"),
        ("admission", "Pour y entrer"),
        ("duration", "Durée"),
        ("rhythms", "Comment la suivre"),
        ("after", "Et après"),
        ("provider", "Organisme"),
        ("address", "Adresse"),
        ("starts_on", "Prochaines dates"),
    ],
    "evenement": [
        ("period", "Dates"),
        ("place", "Lieu"),
        ("audience", "Pour qui"),
        ("next", "La prochaine fois"),
    ],
    "structure": [
        ("address", "Adresse"),
        ("phone", "Téléphone"),
        ("email", "Courriel"),
        ("hours", "Horaires"),
        ("closures", "Fermetures"),
    ],
    "terme": [
        ("spells_out", "En toutes lettres"),
        ("definition", "Définition"),
        ("example", "Exemple"),
    ],
}
HEADINGS["dispositif"] = [
    ("for_whom", "Pour qui"),
    ("amount", "Montant"),
    ("conditions", "Conditions"),
    ("how", "Comment faire"),
    ("where", "Où s’adresser"),
    ("good_to_know", "Bon à savoir"),
    ("contact", "Contact"),
]
HEADINGS["aide"] = HEADINGS["service"] = HEADINGS["dispositif"]

RHYTHMS = {
    "initial": "en formation initiale (scolaire)",
    "apprentissage": "en apprentissage",
    "continue": "en formation continue (adultes)",
    "distance": "à distance",
}


def sections_of(sheet: Sheet) -> list[tuple[str, str]]:
    """(heading, text) pairs of what the sheet holds, in reading order."""
    found = []
    for field, heading in HEADINGS[sheet.kind]:
        text = _text(_value(sheet, field))
        if text:
            found.append((heading, text))
    return found


def field_text(sheet: Sheet, field: str) -> str:
    """What one field of a sheet says, in words; empty when the sheet has no such field or nothing in it."""
    if field not in dict(HEADINGS[sheet.kind]):
        return ""
    return _text(_value(sheet, field))


def _value(sheet: Sheet, field: str) -> Any:
    data: Any = sheet.data
    if field == "period":
        return french_period(data.starts_on, data.ends_on)
    if field == "address":
        town = " ".join(part for part in (data.postcode, data.commune_name) if part)
        return ", ".join(part for part in (data.address, town) if part)
    if field == "rhythms":
        return [RHYTHMS[rhythm] for rhythm in data.rhythms]
    if field == "starts_on":
        return [day for day in data.starts_on if day >= clock.today()]
    return getattr(data, field, None)


def _text(value: Any) -> str:
    if isinstance(value, DatedText):
        return f"{value.text} (au {french_date(value.as_of)})"
    if isinstance(value, Recruitment):
        where = f"{value.place} : " if value.place else ""
        return f"{where}{value.text} (au {french_date(value.as_of)})"
    if isinstance(value, Access):
        return _access(value)
    if isinstance(value, list):
        return ", ".join(french_date(item) if isinstance(item, date) else str(item) for item in value[:12])
    return str(value) if value else ""


def _access(access: Access) -> str:
    lines = []
    if access.diplomes:
        lines.append(access.diplomes)
    if access.apprentissage:
        lines.append(f"En apprentissage : {access.apprentissage}")
    return "\n".join(lines)
