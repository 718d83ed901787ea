"""Apprenticeship bodies of the national référentiel, and the networks that some belong to."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge_base.places.batch import Batch
from knowledge_base.sources.entries import Elsewhere, Entry, Gathering, Unreadable
from knowledge_base.sources.reading import Context, tidy_address, tidy_name, type_of_school, uai_key

_ADDRESS = re.compile(r"^(.*?)\s*\b(\d{5})\s+(.+)$")
_SIRET = "[0-9]{14}"
_NETWORKS = {"mfr": "mfr"}


def read_bodies(path: Path, context: Context) -> Batch:
    """uai, siret, name, trade name, address; a body without UAI is known by its SIRET."""
    gathering = Gathering(path, context)
    return gathering.take(
        gathering.rows(["uai", "siret", "raison_sociale", "enseigne", "departement", "commune", "adresse"]), _listed)


def _listed(entry: Entry) -> None:
    entry.norman("departement")
    _body(entry, "uai", "siret", tidy_name(entry.needed("enseigne", "raison_sociale")), entry.text("commune"), "cfa")


def read_networks(path: Path, context: Context) -> Batch:
    """Members of one network in Normandie; the file's name says which."""
    gathering = Gathering(path, context)
    network = path.name.removeprefix("referentiel-reseau-").split("_")[0]

    def member(entry: Entry) -> None:
        entry.of_normandie("Région")
        if entry.text("etat_administratif") not in ("", "actif", "fermé"):
            raise Unreadable(f"état inconnu : « {entry.text('etat_administratif')[:40]} »")
        if entry.text("etat_administratif") == "fermé":
            raise Elsewhere
        name = tidy_name(entry.needed("Enseigne", "Raison sociale"))
        _body(entry, "UAI validée", "Siret", name, "", _NETWORKS.get(network, "cfa"))

    return gathering.take(gathering.rows(["Siret", "UAI validée", "Raison sociale", "Enseigne", "Adresse", "Région"]), member)


def _body(entry: Entry, uai: str, siret: str, name: str, town: str, default: str) -> None:
    address = entry.text("adresse")
    found = _ADDRESS.match(address)
    if found is None:
        entry.note(f"adresse sans code postal : « {address[:40]} »")
    street, postcode, commune = found.groups() if found else ("", "", town or address)
    place = entry.place(name=commune, postcode=postcode)
    if entry.text(siret) and not re.fullmatch(_SIRET, entry.text(siret)):
        entry.note(f"SIRET mal formé : « {entry.text(siret)[:40]} »")
    key = uai_key(entry.uai(uai)) if entry.text(uai) else f"siret-{entry.matching(_SIRET, siret)}"
    type_ = type_of_school(name, default)
    if type_ == "mfr" and place.get("commune_name"):
        name = f"MFR de {place['commune_name']}"
    entry.site(key, name, type_, place, address=tidy_address(street))
