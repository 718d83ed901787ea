"""Desks of public services: France Travail, France services, ESAT."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.place_book import display_name
from knowledge_base.places.batch import Batch
from knowledge_base.sources.entries import Entry, Gathering, read_json
from knowledge_base.sources.reading import Context, tidy_address, tidy_name

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
_WHAT = "GeoJSON de France services"


def read_france_travail(path: Path, context: Context) -> Batch:
    """Agencies with address and point; « Pôle emploi » is called by its name of today."""
    columns = ["CODE_SAFIR", "NOM", "TYPE_SITE", "ADRESSE", "CODE_POSTAL", "COMMUNE", "DN_LATITUDE", "DN_LONGITUDE"]
    gathering = Gathering(path, context)
    return gathering.take(gathering.rows(columns), _agency)


def _agency(entry: Entry) -> None:
    entry.chosen("TYPE_SITE", {"ALE": ""}, left_out=("DDA", "DRA", "DT", "DR", "SIEGE", "PFV", "PTF"))
    key, written = f"france-travail-{entry.matching('[0-9A-Z]{4,6}', 'CODE_SAFIR')}", entry.needed("NOM")
    point = entry.point(entry.text("DN_LATITUDE"), entry.text("DN_LONGITUDE"))
    place = entry.place(name=entry.text("COMMUNE"), postcode=entry.text("CODE_POSTAL"), point=point)
    name = display_name(written.upper().removeprefix("APE ").strip())
    entry.site(key, f"France Travail {name}", "france_travail", place, address=tidy_address(entry.text("ADRESSE")),
               also=(f"Pôle emploi {name}",))  # fmt: skip


def read_france_services(path: Path, context: Context) -> Batch:
    """France services with hours and telephone (GeoJSON)."""
    features = read_json(path, "features", _WHAT)
    records = [feature.get("properties") for feature in features if isinstance(feature, dict)]
    if not any(isinstance(values, dict) and "lib_france_services" in values for values in records):
        raise ImportRefused(f"{_WHAT} attendu, fichier d’un autre format", file=path.name)
    gathering = Gathering(path, context)
    return gathering.take(gathering.records(records), _house)


def _house(entry: Entry) -> None:
    key, name = f"france-services-{entry.matching('[0-9]+', 'MATRICULE')}", entry.needed("lib_france_services")
    point = entry.point(entry.text("LATITUDE"), entry.text("LONGITUDE"))
    place = entry.place(name=entry.text("lib_com"), postcode=entry.text("code_postal"), code=entry.text("insee_com"), point=point)
    hours = [f"{day} {said}" for day in _DAYS if (said := entry.text(f"h_{day}")) not in ("", "-")]
    entry.site(key, f"France services {name}", "france_services", place, address=tidy_address(entry.text("ADRESSE")),
               hours=" ; ".join(hours), phone=entry.phone("TELEPHONE"))  # fmt: skip


def read_esat(path: Path, context: Context) -> Batch:
    """ESAT with address and telephone (FINESS)."""
    columns = ["ET-N°FINESS", "ET-Raison sociale", "ET-Adresse", "ET-Code Postal", "ET-Commune Code", "ET-Commune Libellé",
               "ET-Téléphone 1"]  # fmt: skip
    gathering = Gathering(path, context)
    return gathering.take(gathering.rows(columns), _esat)


def _esat(entry: Entry) -> None:
    # Spreadsheets take the first nought of a number away.
    number, postcode = entry.matching("[0-9AB]{8,9}", "ET-N°FINESS"), entry.text("ET-Code Postal")
    place = entry.place(name=entry.text("ET-Commune Libellé"), code=entry.text("ET-Commune Code"),
                        postcode=postcode.zfill(5) if len(postcode) == 4 else postcode)  # fmt: skip
    name = tidy_name(entry.needed("ET-Raison sociale").replace('"', ""))
    name = name if "ESAT" in name.upper() else f"ESAT {name}"
    entry.site(f"esat-{number}", name, "esat", place, address=tidy_address(entry.text("ET-Adresse")),
               phone=entry.phone("ET-Téléphone 1"))  # fmt: skip
