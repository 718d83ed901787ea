"""The directory of public administrations (DILA), in the GeoJSON of its API: `<département>/<type>.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.textfile import encoding_of
from knowledge_base.places.batch import Batch, SiteFact
from knowledge_base.sources.reading import Context, located, of_town, phone_number, site, tidy_address

TYPES = {
    "cio": "cio", "mission_locale": "mission_locale_antenne", "maison_handicapees": "mdph", "cij": "info_jeunes",
    "cci": "cci", "chambre_metier": "cma", "chambre_agriculture": "chambre_agriculture", "greta": "greta", "afpa": "afpa",
    "crous": "crous", "apec": "apec", "apecita": "apecita", "suio": "suio", "inspection_academique": "dsden",
    "rectorat": "rectorat", "agefiph": "agefiph", "adil": "adil", "bsn": "service_national",
}  # fmt: skip
_SHORT = {
    "Agence nationale pour la formation professionnelle des adultes (Afpa) - ": "Afpa, ",
    "Maison départementale des personnes handicapées (MDPH) - ": "MDPH, ",
}
_CIO = "Centre d’information et d’orientation (CIO) - "


def read_directory(path: Path, context: Context) -> Batch:
    """A folder of the directory's files; what is no desk of ours (`pole_emploi`, renamed since) is left out."""
    batch = context.batch()
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    for file in files:
        for feature in _features(file):
            kind = feature["properties"]["pivotLocal"]
            if kind in TYPES:
                batch.sites.append(_desk(feature, TYPES[kind], context))
    batch.sites = list({place.key: place for place in batch.sites}.values())
    return batch


def _features(file: Path) -> list[dict[str, Any]]:
    try:
        features: list[dict[str, Any]] = json.loads(file.read_text(encoding=encoding_of(file)))["features"]
        [feature["properties"]["pivotLocal"] for feature in features]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ImportRefused("GeoJSON de l’annuaire de l’administration attendu", file=file.name) from error
    return features


def _desk(feature: dict[str, Any], type_: str, context: Context) -> SiteFact:
    values = feature["properties"]
    addresses = values.get("Adresse") or {}
    address = addresses[0] if isinstance(addresses, list) else addresses
    contact = values.get("CoordonnéesNum") or {}
    lon, lat = (feature.get("geometry") or {}).get("coordinates") or (None, None)
    point = (float(lat), float(lon)) if lat and lon else None
    place = located(context.communes, name=address.get("NomCommune", ""), postcode=address.get("CodePostal", ""),
                    code=values.get("codeInsee", ""), point=point)  # fmt: skip
    name = _name(values["Nom"], address.get("NomCommune", ""))
    return site(context, values["id"], name, type_, place, address=tidy_address(_line(address)),
                phone=phone_number(str(contact.get("Téléphone", ""))), website=_first(contact.get("Url")),
                hours=_hours(values.get("Ouverture")), as_of=date.fromisoformat(values["dateMiseAJour"]))  # fmt: skip


def _name(name: str, town: str) -> str:
    """« CIO d’Argentan »; a desk that adds something to its town (« Rouen Sud ») keeps it."""
    name = name.replace("'", "’")
    if name.startswith(_CIO):
        rest = name.removeprefix(_CIO)
        town = town.replace("'", "’").split(" Cedex")[0]
        return f"CIO {of_town(town if rest in town else rest)}"
    for long, short in _SHORT.items():
        name = name.replace(long, short)
    return name


def _line(address: dict[str, Any]) -> str:
    line = address.get("Ligne", "")
    return ", ".join(str(part) for part in line) if isinstance(line, list) else str(line)


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) and value else value or "")


def _hours(opening: Any) -> str:
    spans = (opening or {}).get("PlageJ", []) if isinstance(opening, dict) else []
    return " ; ".join(_day(span) for span in (spans if isinstance(spans, list) else [spans]))


def _day(span: dict[str, Any]) -> str:
    first, last = span.get("début", ""), span.get("fin", "")
    days = first if first == last else f"{first}-{last}"
    return f"{days} {' et '.join(_times(span.get('PlageH', [])))}".strip()


def _times(spans: Any) -> Iterator[str]:
    for span in spans if isinstance(spans, list) else [spans]:
        yield f"{_time(span['début'])}-{_time(span['fin'])}"


def _time(text: str) -> str:
    # Some hours are published as « '09:00:00 ».
    hour, minute, *_ = text.strip("'").split(":")
    return f"{int(hour)} h" + ("" if minute == "00" else f" {minute}")
