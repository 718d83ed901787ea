"""ROME version 3 (France Travail): trades, their names, texts, RIASEC profile and neighbouring trades.

Published at https://www.francetravail.org/opendata/repertoire-operationnel-des-meti.html as a set of CSV files
`unix_<table>_v<version>_utf8.csv`; apostrophes are doubled.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, Table, select, tuple_, update

import clock
from knowledge_base.errors import ImportRefused
from knowledge_base.importers.rome_files import RomeFiles, Trade, read_mobility, read_titles, read_trades
from knowledge_base.importers.transaction import collected, one_import, summary_from
from knowledge_base.models import MobilityRow, TradeTitleRow
from knowledge_base.report import Progress, Report
from knowledge_base.schema import Source
from knowledge_base.schema_kinds import Access, MetierData
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_writer import SheetWriter
from knowledge_base.upsert import upsert

ORIGIN = "rome"
TITLES = cast(Table, TradeTitleRow.__table__)
MOBILITY = cast(Table, MobilityRow.__table__)
_BATCH = 500


def import_rome(engine: Engine, folder: Path, progress: Progress | None = None) -> Report:
    """Imports the ROME files of a folder. Raises ImportRefused when a file is missing, damaged or not ROME."""
    report = Report("ROME")
    files = RomeFiles(folder)
    trades = read_trades(files, report)
    titles = read_titles(files, report, progress)
    for code in sorted({rome for _, rome, _ in titles.values()} - set(trades)):
        line = next(line for _, rome, line in titles.values() if rome == code)
        report.note(files.titles.name, line, f"{code} a des appellations mais pas de ligne dans le fichier des codes", code)
        trades[code] = Trade(code, next(title for title, rome, _ in titles.values() if rome == code).split(" / ")[0])
    files.complete(trades, report)
    mobility = read_mobility(files, set(trades), report)
    if not trades:
        raise ImportRefused("aucun code ROME", file=files.codes.name)
    with one_import(engine, report) as connection:
        writer = SheetWriter(connection, ORIGIN, ORIGIN, report)
        for sheet in _sheets(trades, collected(f"ROME version {files.version}, France Travail")):
            writer.add(sheet)
        writer.finish()
        _write_titles(connection, titles, report)
        _write_mobility(connection, mobility, report)
    return report


def _sheets(trades: dict[str, Trade], source: Source) -> Iterator[Sheet]:
    for code, trade in sorted(trades.items()):
        yield Sheet(
            kind="metier",
            id=code.lower(),
            title=trade.title,
            summary=summary_from(trade.text("definition"), f"{trade.title} : un métier du répertoire ROME ({code})."),
            rome=[code],
            source=source,
            origin=ORIGIN,
            data=MetierData(
                sector=trade.sector,
                does=trade.text("definition") or None,
                conditions=trade.text("cond_exercice_activite") or None,
                access=Access(diplomes=trade.text("acces_a_em") or None),
                riasec=trade.riasec,
                skills=trade.skills,
                environments=trade.environments,
            ),
        )


def _write_titles(connection: Connection, titles: dict[str, tuple[str, str, int]], report: Report) -> None:
    query = select(TITLES.c.code, TITLES.c.title, TITLES.c.rome, TITLES.c.retired_on).where(TITLES.c.origin == ORIGIN)
    present = {row.code: row for row in connection.execute(query)}
    rows = []
    for code, (title, rome, _) in titles.items():
        old = present.get(code)
        if old is not None and (old.title, old.rome, old.retired_on) == (title, rome, None):
            report.unchanged += 1
            continue
        report.added += old is None or old.retired_on is not None
        report.changed += old is not None and old.retired_on is None
        rows.append({"origin": ORIGIN, "code": code, "title": title, "rome": rome, "retired_on": None})
    upsert(connection, TITLES, rows)
    gone = [code for code, row in present.items() if code not in titles and row.retired_on is None]
    _retire_titles(connection, gone)
    report.retired += len(gone)


def _retire_titles(connection: Connection, codes: list[str]) -> None:
    for start in range(0, len(codes), _BATCH):
        part = codes[start : start + _BATCH]
        connection.execute(
            update(TITLES).where(TITLES.c.origin == ORIGIN, TITLES.c.code.in_(part)).values(retired_on=clock.today())
        )


def _write_mobility(connection: Connection, steps: dict[tuple[str, str], str], report: Report) -> None:
    present = {(row.rome, row.target): row.step for row in connection.execute(select(MOBILITY))}
    if present == steps:
        return
    gone = list(set(present) - set(steps))
    for start in range(0, len(gone), _BATCH):
        connection.execute(MOBILITY.delete().where(tuple_(MOBILITY.c.rome, MOBILITY.c.target).in_(gone[start : start + _BATCH])))
    rows = [{"rome": rome, "target": target, "step": step} for (rome, target), step in steps.items()]
    upsert(connection, MOBILITY, rows)
    report.changed += len(set(present.items()) ^ set(steps.items()))
