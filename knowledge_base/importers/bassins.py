"""Employment areas (bassins d’emploi, BE19) and their communes: CSV of the Région Normandie's open data."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.place_book import PlaceBook, display_name, long_form
from knowledge_base.importers.tabular import read_rows
from knowledge_base.importers.transaction import one_import
from knowledge_base.report import Progress, Report
from knowledge_base.text import fold

ORIGIN = "bassins"
COLUMNS = ["CODE_COMMUNE_INSEE", "NOMCOM", "BE19", "NOMBE19"]
_INSEE = re.compile(r"^\d[\dAB]\d{3}$")


def import_bassins(engine: Engine, path: Path, progress: Progress | None = None) -> Report:
    """Imports the employment areas and says of each commune in which one it lies. Raises ImportRefused."""
    report = Report("Bassins d’emploi")
    with one_import(engine, report) as connection:
        book = PlaceBook(connection, report)
        members: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        told = _Told({}, {})
        for row in read_rows(path, COLUMNS, report):
            report.read += 1
            if progress and report.read % 500 == 0:
                progress(report.read)
            insee, name, area, area_name = (row[column] for column in COLUMNS)
            if not _INSEE.match(insee) or not name or not area or not area_name:
                report.reject(path.name, row.line, "code INSEE, commune ou bassin absent", f"{insee} {name}".strip())
                continue
            if problem := told.problem(row.line, insee, area, area_name):
                report.note(path.name, row.line, problem, f"{insee} {name}")
            area_name = told.names[area]
            commune = book.commune(insee, name)
            commune["origin"], commune["bassin"] = commune["origin"] or ORIGIN, area
            # The EPCI file writes names with their accents: what it said stays.
            if long_form(commune["name"]) == long_form(name) and not commune["epci"]:
                commune["name"] = name
            members[(area, area_name)].append(commune)
        if not members:
            raise ImportRefused("aucune commune dans ce fichier", file=path.name)
        for (code, name), communes in members.items():
            _area(book, code, name, communes)
        book.retire_unseen("bassin", ORIGIN)
        book.save()
    return report


@dataclass(frozen=True)
class _Told:
    """What was read: area → its first name, commune → its line."""

    names: dict[str, str]
    lines: dict[str, int]

    def problem(self, line: int, insee: str, area: str, name: str) -> str:
        """What is odd about a row: a commune said twice, an area under another name. Empty when nothing is."""
        known, first = self.names.setdefault(area, name), self.lines.setdefault(insee, line)
        if first != line:
            return f"commune déjà lue ligne {first}"
        return "" if known == name else f"bassin {area} d’un autre nom, « {known} » est gardé : « {name} »"


def _area(book: PlaceBook, code: str, name: str, communes: list[dict[str, Any]]) -> None:
    # « EVREUX » is written without accents here; the commune of that name has them.
    accented = next((row["name"] for row in communes if long_form(row["name"]) == long_form(name)), display_name(name))
    area = book.area("bassin", code, f"Bassin {_of(accented)}" if name.isupper() else name)
    area |= {"origin": ORIGIN, "aliases": []}
    book.centre(area, communes)


def _of(name: str) -> str:
    """« du Havre », « d’Évreux », « de Caen »."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d’{name}" if fold(name)[:1] in "aeiouy" else f"de {name}"
