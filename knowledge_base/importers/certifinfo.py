"""Certif Info (Onisep): diplomas and certifications with level, ROME, RNCP and Formacode. CSV, `;`, ODbL.

Published at https://opendata.onisep.fr (« Certif Info : liste des certifications »).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.dates import read_date
from knowledge_base.importers.tabular import Row, read_rows
from knowledge_base.importers.transaction import collected, fitted, one_import
from knowledge_base.report import Progress, Report
from knowledge_base.schema import ROME_CODE, Source
from knowledge_base.schema_kinds import FormationData, Rhythm
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_writer import SheetWriter
from knowledge_base.text import fold

ORIGIN = "certifinfo"
COLUMNS = ["Code_Diplome", "Libelle_Diplome", "Libelle_Type_Diplome", "Code_Niveau_Europeen", "Code_RNCP"]
# Column of the file → rhythm of ours; "1" means that the diploma can be had that way.
WAYS: dict[str, Rhythm] = {
    "accessibilite_fi": "initial",
    "accessibilite_ca": "apprentissage",
    "accessibilite_fc": "continue",
}
ARCHIVED = "archiv"
# « 2 » is written where nobody knows.
_YES, _NO = frozenset({"1", "oui", "o", "vrai", "true"}), frozenset({"", "0", "2", "non", "n", "faux", "false"})
_STATES = frozenset({"", "publie", "habilitations", "formations preparatoires et non certifiantes"})


def import_certifinfo(engine: Engine, path: Path, progress: Progress | None = None) -> Report:
    """Imports Certif Info. Raises ImportRefused when the file is damaged or another one."""
    report = Report("Certif Info")
    source = collected("Certif Info, Onisep", "https://opendata.onisep.fr")
    with one_import(engine, report) as connection:
        writer = SheetWriter(connection, ORIGIN, ORIGIN, report)
        for sheet in _sheets(path, source, report, progress):
            writer.add(sheet)
        if not writer.count:
            raise ImportRefused("aucun diplôme lisible dans ce fichier", file=path.name)
        writer.finish()
    return report


def _sheets(path: Path, source: Source, report: Report, progress: Progress | None) -> Iterator[Sheet]:
    seen: dict[str, int] = {}
    for row in read_rows(path, COLUMNS, report):
        report.read += 1
        if progress and report.read % 500 == 0:
            progress(report.read)
        code, title, level = row["Code_Diplome"], row["Libelle_Diplome"], row["Code_Niveau_Europeen"]
        if not code.isdigit() or not title:
            report.reject(path.name, row.line, "code ou libellé du diplôme absent", title or code)
        elif level and level not in ("1", "2", "3", "4", "5", "6", "7", "8"):
            report.reject(path.name, row.line, f"niveau européen inconnu : « {level} »", title)
        elif code in seen:
            # The file repeats a diploma for each body that awards it: the first row says the same.
            report.note(path.name, row.line, f"diplôme déjà lu ligne {seen[code]}", title)
            report.ignored += 1
        elif ARCHIVED in row.get("Etat_Libelle").lower():
            report.ignored += 1
        else:
            seen[code] = row.line
            for problem in _unread(row):
                report.note(path.name, row.line, problem, title)
            yield _sheet(row, source)


def _unread(row: Row) -> Iterator[str]:
    """What is written and cannot be taken: told, never dropped in silence."""
    for column in (f"Code_Rome_{number}" for number in range(1, 6)):
        if row.get(column) and not ROME_CODE.match(row.get(column)):
            yield f"{column} ignoré : « {row.get(column)[:30]} »"
    for column in WAYS:
        if row.get(column).lower() not in _YES | _NO:
            yield f"{column} ignoré : « {row.get(column)[:30]} »"
    if fold(row.get("Etat_Libelle")) not in _STATES:
        yield f"état inconnu, lu comme publié : « {row.get('Etat_Libelle')[:30]} »"
    year = row.get("Annee_Derniere_Session")
    if year and _last_day(year) is None:
        yield f"dernière session ignorée : « {year[:30]} »"


def _last_day(year: str) -> date | None:
    """The end of the year of the last session, whether a year or a day is written."""
    if year.isdigit() and 1900 < int(year) < 2200:
        return date(int(year), 12, 31)
    day = read_date(year)
    return date(day.year, 12, 31) if day else None


def _sheet(row: Row, source: Source) -> Sheet:
    title, level = fitted(row["Libelle_Diplome"], 390), int(row["Code_Niveau_Europeen"] or 0)
    kind, last_year = row["Libelle_Type_Diplome"], row.get("Annee_Derniere_Session")
    former = row.get("Intitulé_Ancien_Diplome")
    level_text = f", niveau {level}" if level >= 3 else ""
    return Sheet(
        kind="formation",
        id=f"ci-{row['Code_Diplome']}",
        title=title,
        also=[former] if former and former != title else [],
        summary=fitted(f"{title} : {kind[:1].lower()}{kind[1:]}{level_text}." if kind else f"{title}{level_text}."),
        rome=[code for number in range(1, 6) if ROME_CODE.match(code := row.get(f"Code_Rome_{number}"))],
        source=source,
        valid_until=_last_day(last_year),
        origin=ORIGIN,
        data=FormationData(
            diploma=kind or None,
            level=level if level >= 3 else None,
            rncp=[row["Code_RNCP"]] if row["Code_RNCP"] else [],
            rhythms=[rhythm for column, rhythm in WAYS.items() if row.get(column).lower() in _YES],
            formacodes=[row.get("Code_FormaCode")] if row.get("Code_FormaCode") else [],
            certifinfo=row["Code_Diplome"],
        ),
    )
