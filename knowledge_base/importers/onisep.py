"""Idéo-métiers (Onisep): names of trades with their ROME code and the address of their page. CSV, `;`, ODbL.

Published at https://opendata.onisep.fr (« Idéo-Métiers Onisep »).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.slugs import slug
from knowledge_base.importers.tabular import Row, read_rows
from knowledge_base.importers.transaction import collected, fitted, one_import
from knowledge_base.report import Progress, Report
from knowledge_base.schema import ROME_CODE, Link, Source
from knowledge_base.schema_kinds import MetierData
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_writer import SheetWriter

ORIGIN = "onisep"
COLUMNS = ["libellé métier", "lien site onisep.fr", "code ROME"]


def import_onisep(engine: Engine, path: Path, progress: Progress | None = None) -> Report:
    """Imports Idéo-métiers. Raises ImportRefused when the file is damaged or another one."""
    report = Report("Idéo-métiers")
    source = collected("Idéo-métiers, Onisep", "https://opendata.onisep.fr")
    with one_import(engine, report) as connection:
        writer = SheetWriter(connection, ORIGIN, ORIGIN, report)
        for sheet in _sheets(path, source, report, progress):
            writer.add(sheet)
        if not writer.count:
            raise ImportRefused("aucun métier lisible dans ce fichier", file=path.name)
        writer.finish()
    return report


def _sheets(path: Path, source: Source, report: Report, progress: Progress | None) -> Iterator[Sheet]:
    seen: set[str] = set()
    for row in read_rows(path, COLUMNS, report):
        report.read += 1
        if progress and report.read % 500 == 0:
            progress(report.read)
        title, address, rome = row["libellé métier"], row["lien site onisep.fr"], row["code ROME"]
        if not title:
            report.reject(path.name, row.line, "libellé du métier absent", address)
        elif rome and not ROME_CODE.match(rome):
            report.reject(path.name, row.line, f"code ROME mal formé : « {rome} »", title)
        elif not address.startswith(("http://", "https://")):
            report.reject(path.name, row.line, "adresse de la fiche absente", title)
        elif (key := _key(address, title)) in seen:
            # A trade is repeated for each publication that speaks of it.
            report.note(path.name, row.line, "métier déjà lu", title)
            report.ignored += 1
        else:
            seen.add(key)
            yield _sheet(row, key, source)


def _key(address: str, title: str) -> str:
    last = address.rstrip("/").rsplit("/", 1)[-1]
    return slug("onisep", last if last.startswith("MET") else title)


def _sheet(row: Row, key: str, source: Source) -> Sheet:
    title = row["libellé métier"]
    title = fitted(title[:1].upper() + title[1:], 390)
    domains = [part.split("/")[0].strip() for part in row.get("domaine/sous-domaine").split("|")]
    return Sheet(
        kind="metier",
        id=key,
        title=title,
        summary=fitted(f"{title} : un métier présenté par l’Onisep."),
        rome=[row["code ROME"]] if row["code ROME"] else [],
        source=source,
        links=[Link(label="La fiche de l’Onisep", url=row["lien site onisep.fr"])],
        origin=ORIGIN,
        data=MetierData(sector=domains[0].capitalize() or None),
    )
