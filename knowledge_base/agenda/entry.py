"""One session as an organiser writes it: every field a text, read strictly, each fault a French sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit

import clock
from knowledge_base.errors import SessionRefused
from knowledge_base.geo.place import Place

# field → (what people call it, longest text)
FIELDS = {
    "title": ("Titre", 200), "date": ("Date", 10), "start": ("Début", 8), "end": ("Fin", 8), "commune": ("Commune", 160),
    "venue": ("Adresse", 300), "online": ("Lien en ligne", 300), "service": ("Service", 140), "sector": ("Secteur", 80),
    "publics": ("Publics", 200), "capacity": ("Places", 6), "sign_up": ("Inscription", 300), "access": ("Comment venir", 600),
    "organiser": ("Organisateur", 160), "source": ("Source", 300),
}  # fmt: skip
AS_WRITTEN = ("title", "venue", "online", "service", "sector", "sign_up", "access", "organiser", "source")
NEEDED = ("title", "date", "start", "end", "organiser", "source")
MOST_PLACES = 20_000
_HOUR = re.compile(r"(\d{1,2}) ?[h:] ?(\d{2})?")
FindPlace = Callable[[str], Place | None]


@dataclass(frozen=True)
class Entry:
    """What was understood: the columns of a session that people write."""

    columns: dict[str, Any]


def read_entry(written: Mapping[str, str], find: FindPlace) -> Entry:
    """The columns of a session; `find` knows the communes.

    Raises:
        SessionRefused: with every fault at once, so that a form is corrected in one go.
    """
    fields = {name: str(written.get(name) or "").strip() for name in FIELDS}
    faults = [*_missing(fields), *_too_long(fields)]
    columns: dict[str, Any] = {name: fields[name] for name in AS_WRITTEN}
    for read in (_times, _place, _more):
        try:
            columns |= read(fields, find)
        except SessionRefused as refused:
            faults += refused.faults
    if faults:
        raise SessionRefused(list(dict.fromkeys(faults)))
    return Entry(columns)


def _missing(fields: Mapping[str, str]) -> list[str]:
    return [f"{FIELDS[name][0]} : à remplir." for name in NEEDED if not fields[name]]


def _too_long(fields: Mapping[str, str]) -> list[str]:
    long = [(label, longest) for name, (label, longest) in FIELDS.items() if len(fields[name]) > longest]
    return [f"{label} : {longest} caractères au plus." for label, longest in long]


def _times(fields: Mapping[str, str], _: FindPlace) -> dict[str, Any]:
    if not all(fields[name] for name in ("date", "start", "end")):
        return {}
    day = read_day(fields["date"])
    start, end = (datetime.combine(day, _hour(FIELDS[name][0], fields[name]), clock.PARIS) for name in ("start", "end"))
    if end <= start:
        raise SessionRefused(["Fin : elle doit être après le début."])
    if end <= clock.now():
        raise SessionRefused(["Date : elle est déjà passée."])
    return {"starts_at": start, "ends_at": end}


def read_day(text: str) -> date:
    """« 2026-12-08 » or « 08/12/2026 ». Raises SessionRefused for anything else."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=clock.PARIS).date()
        except ValueError:
            continue
    raise SessionRefused([f"Date : « {text} » n’est pas une date. Écrivez par exemple 08/12/2026."])


def _hour(label: str, text: str) -> time:
    found = _HOUR.fullmatch(text.lower())
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise SessionRefused([f"{label} : « {text} » n’est pas une heure. Écrivez par exemple 18h30."])
    return time(int(found[1]), int(found[2] or 0))


def _place(fields: Mapping[str, str], find: FindPlace) -> dict[str, Any]:
    if not fields["commune"]:
        if not fields["online"]:
            raise SessionRefused(["Commune : donnez la commune, ou un lien si c’est en ligne."])
        return {"commune": "", "commune_name": ""}
    place = find(fields["commune"])
    if place is None or place.kind != "commune":
        raise SessionRefused([f"Commune : je ne connais pas « {fields['commune']} » en Normandie."])
    return {"commune": place.code, "commune_name": place.name}


def _more(fields: Mapping[str, str], _: FindPlace) -> dict[str, Any]:
    faults = []
    if fields["online"] and not _is_web(fields["online"]):
        faults.append("Lien en ligne : il doit commencer par https://.")
    capacity = fields["capacity"]
    if capacity and not (capacity.isascii() and capacity.isdigit() and 0 < int(capacity) <= MOST_PLACES):
        faults.append(f"Places : « {capacity} » n’est pas un nombre de places.")
    if faults:
        raise SessionRefused(faults)
    publics = [public.strip().lower() for public in fields["publics"].split(",") if public.strip()]
    return {"publics": publics, "capacity": int(capacity) if capacity else None}


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.netloc)
