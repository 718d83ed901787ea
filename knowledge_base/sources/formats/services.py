"""Desks of public services: France Travail, France services, ESAT."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.place_book import display_name
from knowledge_base.importers.tabular import read_rows
from knowledge_base.importers.textfile import encoding_of
from knowledge_base.places.batch import Batch, SiteFact
from knowledge_base.report import Report
from knowledge_base.sources.reading import Context, located, phone_number, site, tidy_address, tidy_name

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")


def read_france_travail(path: Path, context: Context) -> Batch:
    """Agencies with address and point; « Pôle emploi » is called by its name of today."""
    batch, report = context.batch(), Report(path.name)
    for row in read_rows(path, ["CODE_SAFIR", "NOM", "TYPE_SITE", "ADRESSE", "CODE_POSTAL", "COMMUNE", "DN_LATITUDE"], report):
        if row["TYPE_SITE"] != "ALE":
            continue
        lat, lon = (row[name].replace(",", ".") for name in ("DN_LATITUDE", "DN_LONGITUDE"))
        point = (float(lat), float(lon)) if lat and lon else None
        place = located(context.communes, name=row["COMMUNE"], postcode=row["CODE_POSTAL"], point=point)
        name = display_name(row["NOM"].upper().removeprefix("APE ").strip())
        batch.sites.append(site(context, f"france-travail-{row['CODE_SAFIR']}", f"France Travail {name}", "france_travail",
                                place, address=tidy_address(row["ADRESSE"]), also=(f"Pôle emploi {name}",)))  # fmt: skip
    batch.sites = list({place.key: place for place in batch.sites}.values())
    return batch


def read_france_services(path: Path, context: Context) -> Batch:
    """France services with hours and telephone (GeoJSON)."""
    try:
        features = json.loads(path.read_text(encoding=encoding_of(path)))["features"]
        batch = context.batch()
        batch.sites = [_france_services(feature["properties"], context) for feature in features]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ImportRefused("GeoJSON de France services attendu, fichier abîmé ou d’un autre format", file=path.name) from error
    return batch


def _france_services(values: dict[str, Any], context: Context) -> SiteFact:
    point = (float(values["LATITUDE"]), float(values["LONGITUDE"])) if values.get("LATITUDE") else None
    place = located(context.communes, name=values["lib_com"], postcode=str(values["code_postal"]), code=values["insee_com"],
                    point=point)  # fmt: skip
    hours = [f"{day} {values[f'h_{day}']}" for day in _DAYS if values.get(f"h_{day}") not in (None, "", "-")]
    return site(context, f"france-services-{values['MATRICULE']}", f"France services {values['lib_france_services']}",
                "france_services", place, address=tidy_address(values.get("ADRESSE") or ""), hours=" ; ".join(hours),
                phone=phone_number(values.get("TELEPHONE") or ""))  # fmt: skip


def read_esat(path: Path, context: Context) -> Batch:
    """ESAT with address and telephone (FINESS)."""
    batch, report = context.batch(), Report(path.name)
    columns = ["ET-N°FINESS", "ET-Raison sociale", "ET-Adresse", "ET-Code Postal", "ET-Commune Code", "ET-Téléphone 1"]
    for row in read_rows(path, columns, report):
        place = located(context.communes, name=row["ET-Commune Libellé"], postcode=row["ET-Code Postal"].zfill(5),
                        code=row["ET-Commune Code"])  # fmt: skip
        name = tidy_name(row["ET-Raison sociale"].replace('"', ""))
        name = name if "ESAT" in name.upper() else f"ESAT {name}"
        batch.sites.append(site(context, f"esat-{row['ET-N°FINESS']}", name, "esat", place,
                                address=tidy_address(row["ET-Adresse"]), phone=phone_number(row["ET-Téléphone 1"])))  # fmt: skip
    return batch
