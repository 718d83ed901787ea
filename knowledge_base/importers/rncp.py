"""Kit apprentissage (France Compétences): diplomas open to apprenticeship with their RNCP sheet. CSV, `;`.

Published at https://www.francecompetences.fr/referentiels-et-bases-de-donnees/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.dates import read_date
from knowledge_base.importers.slugs import slug
from knowledge_base.importers.tabular import Row, read_rows
from knowledge_base.importers.transaction import collected, fitted, one_import
from knowledge_base.report import Progress, Report
from knowledge_base.schema import Source
from knowledge_base.schema_kinds import FormationData
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_writer import SheetWriter

ORIGIN = "rncp"
COLUMNS = ["Code_Diplome", "Intitulé diplôme (DEPP)", "Code_RNCP", "Niveau fiche RNCP"]
OPEN = "Accès à l'apprentissage de la fiche RNCP (oui/non)"
ACTIVE = "Fiche ACTIVE/INACTIVE"
UNTIL = "Date d'échéance de la fiche RNCP"
SHORT = "Abrégé de diplôme (RNCP)"
_RNCP = re.compile(r"^(?:RNCP *)?(\d{1,6})$", re.IGNORECASE)
_NO_DATE = frozenset({"", "NR", "-", "NULL", "NC", "NAN"})
_LEVEL = re.compile(r"(?<!\d)([1-8])(?!\d)")
_IN_PARENTHESES = re.compile(r"\s*\(([^()]*)\)\s*$")


@dataclass
class Certification:
    """One RNCP sheet: the file has a row for each diploma that it stands for."""

    key: str
    titles: list[str] = field(default_factory=list)
    rncp: str | None = None
    level: int | None = None
    until: date | None = None
    short: str = ""


def import_rncp(engine: Engine, path: Path, progress: Progress | None = None) -> Report:
    """Imports the active certifications open to apprenticeship. Raises ImportRefused."""
    report = Report("RNCP / apprentissage")
    source = collected("Kit apprentissage, France Compétences", "https://www.francecompetences.fr")
    certifications = _read(path, report, progress)
    if not certifications:
        raise ImportRefused("aucun diplôme lisible dans ce fichier", file=path.name)
    with one_import(engine, report) as connection:
        writer = SheetWriter(connection, ORIGIN, ORIGIN, report)
        for certification in certifications.values():
            writer.add(_sheet(certification, source))
        writer.finish()
    return report


def _read(path: Path, report: Report, progress: Progress | None) -> dict[str, Certification]:
    found: dict[str, Certification] = {}
    for row in read_rows(path, COLUMNS, report):
        report.read += 1
        if progress and report.read % 500 == 0:
            progress(report.read)
        title, code = row["Intitulé diplôme (DEPP)"], row["Code_RNCP"]
        number = _RNCP.match(code)
        if not title or not (number or code in ("", "NR")):
            report.reject(path.name, row.line, "intitulé absent ou code RNCP mal formé", title or code)
        elif row.get(ACTIVE).upper() == "INACTIVE" or row.get(OPEN).lower() == "non":
            report.ignored += 1
        else:
            key = f"rncp-{number.group(1)}" if number else f"dip-{slug(row['Code_Diplome'] or title)}"
            certification = found.setdefault(key, Certification(key))
            _complete(certification, row, number.group(1) if number else None)
            for problem in _unread(row):
                report.note(path.name, row.line, problem, title)
            _until(certification, row, path, report)
    return found


def _unread(row: Row) -> Iterator[str]:
    """What is written and cannot be taken: told, never dropped in silence."""
    level = row["Niveau fiche RNCP"]
    if level.upper() not in _NO_DATE and _level(level) is None:
        yield f"niveau ignoré : « {level[:30]} »"
    for column, known in ((OPEN, ("oui", "non")), (ACTIVE, ("active", "inactive"))):
        if row.get(column).upper() not in _NO_DATE and row.get(column).lower() not in known:
            yield f"« {column} » illisible, lu comme s’il n’y avait rien : « {row.get(column)[:30]} »"


def _level(written: str) -> int | None:
    """The European level, of those that we show; « NIV5 » and « Niveau 5 » are written."""
    found = _LEVEL.search(written)
    return int(found.group(1)) if found and 3 <= int(found.group(1)) <= 8 else None


def _complete(certification: Certification, row: Row, rncp: str | None) -> None:
    certification.rncp = rncp
    certification.short = certification.short or row.get(SHORT).replace("NR", "")
    title = readable_title(row["Intitulé diplôme (DEPP)"], certification.short)
    if title not in certification.titles:
        certification.titles.append(title)
    certification.level = _level(row["Niveau fiche RNCP"]) or certification.level


def _until(certification: Certification, row: Row, path: Path, report: Report) -> None:
    """The day on which the RNCP sheet ends; one that cannot be read is told, never dropped in silence."""
    written = row.get(UNTIL)
    if written.upper() in _NO_DATE:
        return
    day = read_date(written)
    if day is None:
        report.note(path.name, row.line, f"date d’échéance illisible, ignorée : « {written[:30]} »", certification.titles[0])
    certification.until = day or certification.until


def readable_title(title: str, short: str) -> str:
    """« BANQUE (BTS) » → « BTS banque »; a title in mixed case keeps its letters."""
    found = _IN_PARENTHESES.search(title)
    name = _IN_PARENTHESES.sub("", title).strip() or title.strip()
    diploma = (found.group(1) if found else short).strip()
    if name.isupper():
        name = name.lower() if diploma else name.capitalize()
    return f"{diploma} {name}".strip()


def _sheet(certification: Certification, source: Source) -> Sheet:
    title = fitted(certification.titles[0], 390)
    level = f", niveau {certification.level}" if certification.level else ""
    return Sheet(
        kind="formation",
        id=certification.key,
        title=title,
        also=certification.titles[1:13],
        summary=fitted(f"{title}{level}, peut se préparer en apprentissage."),
        source=source,
        valid_until=certification.until,
        origin=ORIGIN,
        data=FormationData(
            diploma=certification.short or None,
            level=certification.level,
            rncp=[certification.rncp] if certification.rncp else [],
            rhythms=["apprentissage"],
        ),
    )
