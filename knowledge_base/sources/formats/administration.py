"""The directory of public administrations (DILA), in the GeoJSON of its API: `<département>/<type>.json`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge_base.errors import ImportRefused
from knowledge_base.places.batch import Batch
from knowledge_base.sources.entries import Elsewhere, Entry, Gathering, Unreadable, read_json
from knowledge_base.sources.reading import Context, of_town, tidy_address

_WHAT = "GeoJSON de l’annuaire de l’administration"
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
    gathering = Gathering(path, context)
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    return gathering.take(_entries(gathering, files), _desk)


def _entries(gathering: Gathering, files: Iterable[Path]) -> Iterator[Entry]:
    for file in files:
        features = read_json(file, "features", _WHAT)
        if features and not any(_pivot(feature) for feature in features):
            raise ImportRefused(f"{_WHAT} attendu", file=file.name)
        for number, feature in enumerate(features, 1):
            yield Entry(gathering, feature if isinstance(feature, dict) else {}, number=number, within=file.name)


def _pivot(feature: Any) -> Any:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return properties.get("pivotLocal") if isinstance(properties, dict) else None


def _desk(entry: Entry) -> None:
    values = entry.inner(entry.values.get("properties"))
    type_ = _type(values)
    address = values.inner(_one(values.values.get("Adresse")))
    contact = values.inner(values.values.get("CoordonnéesNum"))
    place = _place(entry, values, address)
    as_of = values.day("dateMiseAJour")
    if as_of is None:
        raise Unreadable("sans date de mise à jour lisible")
    name = _name(values.needed("Nom"), address.text("NomCommune"))
    phone = values.inner({"Téléphone": _one_text(contact.values.get("Téléphone"))}).phone("Téléphone")
    entry.site(values.needed("id"), name, type_, place, address=tidy_address(_line(address.values)), phone=phone,
               website=_one_text(contact.values.get("Url")), hours=_hours(values), as_of=as_of)  # fmt: skip


def _type(values: Entry) -> str:
    kind = values.needed("pivotLocal")
    if kind not in TYPES:
        if values.of.told.setdefault(("kind", kind), (values.where, kind))[0] == values.where:
            values.note(f"genre « {kind[:40]} » laissé de côté, tous ceux du fichier")
        raise Elsewhere
    return TYPES[kind]


def _place(entry: Entry, values: Entry, address: Entry) -> dict[str, object]:
    geometry = entry.values.get("geometry")
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    pair = [str(each) for each in coordinates] if isinstance(coordinates, list) else ["", ""]
    point = entry.point(pair[1], pair[0]) if len(pair) == 2 else None
    return entry.place(name=address.text("NomCommune"), postcode=address.text("CodePostal"), code=values.text("codeInsee"),
                       point=point)  # fmt: skip


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


def _line(address: Mapping[str, Any]) -> str:
    line = address.get("Ligne", "")
    return ", ".join(str(part) for part in line) if isinstance(line, list) else str(line or "")


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _one_text(value: Any) -> str:
    """The first of several; a number that costs something is an object with its text under « $t »."""
    found = _one(value)
    return str((found.get("$t") if isinstance(found, dict) else found) or "")


def _hours(values: Entry) -> str:
    opening = values.values.get("Ouverture")
    spans = opening.get("PlageJ", []) if isinstance(opening, dict) else []
    try:
        return " ; ".join(_day(span) for span in (spans if isinstance(spans, list) else [spans]))
    except (AttributeError, KeyError, TypeError, ValueError):
        values.note("horaires illisibles, ignorés")
        return ""


def _day(span: dict[str, Any]) -> str:
    first, last = span.get("début", ""), span.get("fin", "")
    if not first or not last:
        raise ValueError("a span of days without an end")
    days = first if first == last else f"{first}-{last}"
    return f"{days} {' et '.join(_times(span.get('PlageH', [])))}".strip()


def _times(spans: Any) -> Iterator[str]:
    for span in spans if isinstance(spans, list) else [spans]:
        yield f"{_time(span['début'])}-{_time(span['fin'])}"


def _time(text: str) -> str:
    # Some hours are published as « '09:00:00 ».
    hour, minute, *_ = text.strip("'").split(":")
    if len(minute) != 2 or not (0 <= int(hour) < 25 and 0 <= int(minute) < 60):
        raise ValueError(text)
    return f"{int(hour)} h" + ("" if minute == "00" else f" {minute}")
