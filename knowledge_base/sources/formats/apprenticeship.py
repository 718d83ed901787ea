"""Apprenticeship bodies of the national référentiel, and the networks that some belong to."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge_base.importers.tabular import read_rows
from knowledge_base.places.batch import Batch, SiteFact
from knowledge_base.report import Report
from knowledge_base.sources.reading import NORMAN, Context, located, site, tidy_address, tidy_name, type_of_school, uai_key

_ADDRESS = re.compile(r"^(.*?)\s*\b(\d{5})\s+(.+)$")
_UAI = re.compile(r"^\d{7}[A-Z]$")
_NETWORKS = {"mfr": "mfr"}


def read_bodies(path: Path, context: Context) -> Batch:
    """uai, siret, name, trade name, address; a body without UAI is known by its SIRET."""
    batch, report = context.batch(), Report(path.name)
    for row in read_rows(path, ["uai", "siret", "raison_sociale", "enseigne", "commune", "adresse"], report):
        if row["departement"] not in NORMAN:
            continue
        name = tidy_name(row["enseigne"] or row["raison_sociale"])
        batch.sites.append(_body(context, row["uai"], row["siret"], name, row["adresse"], row["commune"], "cfa"))
    batch.sites = list({place.key: place for place in batch.sites}.values())
    return batch


def read_networks(path: Path, context: Context) -> Batch:
    """Members of one network in Normandie; the file's name says which."""
    batch, report = context.batch(), Report(path.name)
    network = path.name.removeprefix("referentiel-reseau-").split("_")[0]
    for row in read_rows(path, ["Siret", "UAI validée", "Raison sociale", "Enseigne", "Adresse", "Région"], report):
        if row["Région"] != "Normandie" or row.get("etat_administratif") not in ("", "actif"):
            continue
        name = tidy_name(row["Enseigne"] or row["Raison sociale"])
        default = _NETWORKS.get(network, "cfa")
        batch.sites.append(_body(context, row["UAI validée"], row["Siret"], name, row["Adresse"], "", default))
    batch.sites = list({place.key: place for place in batch.sites}.values())
    return batch


def _body(context: Context, uai: str, siret: str, name: str, address: str, town: str, default: str) -> SiteFact:
    found = _ADDRESS.match(address)
    street, postcode, commune = found.groups() if found else ("", "", town or address)
    place = located(context.communes, name=commune if commune else town, postcode=postcode)
    key = uai_key(uai) if _UAI.match(uai) else f"siret-{siret}"
    type_ = type_of_school(name, default)
    if type_ == "mfr" and place.get("commune_name"):
        name = f"MFR de {place['commune_name']}"
    return site(context, key, name, type_, place, address=tidy_address(street))
