"""EPCI and their communes: JSON of @etalab/decoupage-administratif (Banatic)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.communes import NORMANDIE
from knowledge_base.importers.jsonfile import read_records
from knowledge_base.importers.place_book import PlaceBook, long_form
from knowledge_base.importers.transaction import one_import
from knowledge_base.report import Progress, Report

ORIGIN = "epci"
_INSEE = re.compile(r"^\d[\dAB]\d{3}$")
_SIREN = re.compile(r"^\d{9}$")
_TYPES = re.compile(r"^(CA|CC|CU)\b ?(?:(?:de la|de|du|des|d['’]) ?)?")


def import_epci(engine: Engine, path: Path, progress: Progress | None = None) -> Report:
    """Imports the EPCI that have a commune in Normandie. Raises ImportRefused."""
    report = Report("EPCI")
    records = read_records(path)
    with one_import(engine, report) as connection:
        book = PlaceBook(connection, report)
        for number, record in enumerate(records, start=1):
            report.read += 1
            if progress:
                progress(report.read)
            _take(record, number, path.name, book, report)
        if not book.seen:
            raise ImportRefused("aucun EPCI de Normandie dans ce fichier", file=path.name)
        book.retire_unseen("epci", ORIGIN)
        book.save()
    return report


def _take(record: dict[str, Any], number: int, file: str, book: PlaceBook, report: Report) -> None:
    code, name, members = str(record.get("code", "")).strip(), str(record.get("nom") or "").strip(), record.get("membres")
    if not _SIREN.match(code) or not name or not isinstance(members, list):
        report.reject(file, None, f"enregistrement {number} : code SIREN, nom ou membres absents", str(name or code))
        return
    if not any(str(member.get("code", "")).startswith(NORMANDIE) for member in members):
        return
    area = book.area("epci", code, name)
    area |= {"origin": ORIGIN, "aliases": [alias for alias in [_TYPES.sub("", name)] if alias != name]}
    communes = []
    for member in members:
        if _INSEE.match(str(member.get("code", "")).strip()) and member.get("nom"):
            communes.append(_member(member, code, book))
        else:
            report.reject(file, None, f"enregistrement {number} ({name}) : commune sans nom ou sans code INSEE",
                          str(member.get("nom") or member.get("code")))
        if not str(member.get("populationMunicipale") or 0).strip().isdigit():
            report.note(file, None, f"enregistrement {number} ({name}) : population illisible", str(member.get("nom")))
    book.centre(area, communes)


def _member(member: dict[str, Any], epci: str, book: PlaceBook) -> dict[str, Any]:
    written = str(member["nom"]).strip()
    commune = book.commune(str(member["code"]).strip(), written)
    # This file writes names with their accents; keep the one we have when it is another (short) name.
    if long_form(commune["name"]) == long_form(written):
        commune["name"] = written
    commune["origin"] = commune["origin"] or ORIGIN
    commune["epci"] = epci
    people = str(member.get("populationMunicipale") or "").strip()
    commune["population"] = int(people) if people.isdigit() else commune["population"]
    return commune
