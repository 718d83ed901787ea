"""Communes and postcodes: « Base officielle des codes postaux » (La Poste, hexasmal), on data.gouv.fr."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Engine

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.place_book import PlaceBook, display_name, long_form
from knowledge_base.importers.tabular import Row, read_rows
from knowledge_base.importers.transaction import one_import
from knowledge_base.report import Progress, Report

ORIGIN = "laposte"
NORMANDIE = ("14", "27", "50", "61", "76")
COLUMNS = ["Code_commune_INSEE", "Nom_commune", "Code_postal", "Ligne_5", "coordonnees_gps"]
# The publisher renamed its columns over the years.
OTHER_NAMES = {"Code_commune_INSEE": "#Code_commune_INSEE", "Nom_commune": "Nom_de_la_commune", "coordonnees_gps": "_geopoint"}
_INSEE = re.compile(r"^\d[\dAB]\d{3}$")
_POSTCODE = re.compile(r"^\d{5}$")


def import_communes(engine: Engine, path: Path, progress: Progress | None = None) -> Report:
    """Imports the communes of Normandie (the file may be the national one). Raises ImportRefused."""
    report = Report("Communes")
    with one_import(engine, report) as connection:
        book = PlaceBook(connection, report)
        for row in read_rows(path, ["Code_postal"], report):
            report.read += 1
            if progress and report.read % 500 == 0:
                progress(report.read)
            _take(row, path.name, book, report)
        if not book.seen:
            raise ImportRefused("aucune commune de Normandie dans ce fichier", file=path.name)
        book.drop_old_names()
        book.retire_unseen("commune", ORIGIN)
        book.save()
    return report


def _cell(row: Row, column: str) -> str:
    return row.get(column) or row.get(OTHER_NAMES.get(column, column))


def _take(row: Row, file: str, book: PlaceBook, report: Report) -> None:
    code, name, postcode = _cell(row, "Code_commune_INSEE"), _cell(row, "Nom_commune"), row["Code_postal"]
    if not _INSEE.match(code) or not _POSTCODE.match(postcode) or not name:
        report.reject(file, row.line, "code INSEE, code postal ou nom mal formé", f"{code} {name}".strip())
        return
    if not code.startswith(NORMANDIE):
        return
    try:
        lat, lon = _coordinates(_cell(row, "coordonnees_gps"))
    except ValueError:
        report.reject(file, row.line, "coordonnées illisibles", f"{code} {name}")
        return
    commune = book.commune(code, name, lat, lon)
    commune["origin"] = ORIGIN
    commune["postcodes"] = sorted({*commune["postcodes"], postcode})
    old = _cell(row, "Ligne_5")
    known = {long_form(alias) for alias in [commune["name"], *commune["aliases"]]}
    for alias in (old, name):
        if alias and long_form(alias) not in known:
            commune["aliases"] = [*commune["aliases"], display_name(alias)]
            known.add(long_form(alias))


def _coordinates(text: str) -> tuple[float | None, float | None]:
    if not text:
        return None, None
    lat, lon = (round(float(part), 5) for part in text.split(","))
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(text)
    return lat, lon
