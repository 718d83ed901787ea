"""Loads a folder of YAML sheets into the database: all that is valid, once, in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from knowledge_base.kinds import Kind
from knowledge_base.meta import bump_version, get_meta, set_meta
from knowledge_base.questions import read_questions
from knowledge_base.report import Progress, Report
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_writer import Key, SheetWriter
from knowledge_base.validation import InvalidSheet, describe, parse_sheet
from knowledge_base.yaml_sheets import RawSheet, YamlProblem, read_file, sheet_files

SHIPPED_CONTENT = Path(__file__).parent / "content"
_SHIPPED_DIGEST = "shipped_digest"


@dataclass
class Reading:
    """The sheets of a folder: the valid ones, the keys of the faulty ones, and whether every file could be read."""

    valid: dict[Key, tuple[RawSheet, Sheet]] = field(default_factory=dict)
    faulty: set[Key] = field(default_factory=set)
    complete: bool = True


def load_folder(engine: Engine, folder: Path, *, origin: str = "own", progress: Progress | None = None) -> Report:
    """Loads the sheets of `folder`; a second load of the same files changes nothing.

    A sheet that is not valid is rejected with its file, line and reason, and its former version stays. A sheet that
    disappeared from the folder is retired. Raises ContentError when the folder is missing or holds no sheet file.
    """
    report = Report(f"Fiches de {folder.name}")
    collection = "shipped" if origin == "shipped" else str(folder.resolve())[-400:]
    reading = read_folder(folder, origin, report, progress)
    with engine.begin() as connection:
        writer = SheetWriter(connection, origin, collection, report)
        for _, sheet in reading.valid.values():
            writer.add(sheet)
        writer.spare(reading.faulty)
        # What an unreadable file held is unknown: better an old sheet than a sheet lost by a typing mistake.
        writer.finish(retire=reading.complete)
        if report.touched:
            bump_version(connection)
    if report.retired and origin == "own" and _shipped_before(engine):
        # A shipped sheet that the agency's own had replaced comes back.
        load_shipped(engine, force=True)
    return report


def _shipped_before(engine: Engine) -> bool:
    with engine.connect() as connection:
        return get_meta(connection, _SHIPPED_DIGEST) is not None


def load_shipped(engine: Engine, *, folder: Path = SHIPPED_CONTENT, force: bool = False) -> Report | None:
    """Loads the shipped sheets when they changed since the last time; None when there was nothing to do."""
    files = sorted(folder.rglob("*.y*ml")) if folder.is_dir() else []
    if not files:
        return None
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    with engine.connect() as connection:
        if not force and get_meta(connection, _SHIPPED_DIGEST) == digest:
            return None
    report = load_folder(engine, folder, origin="shipped")
    with engine.begin() as connection:
        set_meta(connection, _SHIPPED_DIGEST, digest)
    return report


def read_folder(folder: Path, origin: str, report: Report, progress: Progress | None = None) -> Reading:
    """Reads and validates a folder without touching the database; mistakes are listed in the report."""
    reading, asked = Reading(), read_questions(folder, report)
    for kind, path in sheet_files(folder):
        name = str(path.relative_to(folder))
        for raw in _file_sheets(kind, path, name, report, reading):
            report.read += 1
            if progress:
                progress(report.read)
            _ask(raw, asked.take(f"{kind}/{raw.values.get('id')}"))
            _take(raw, origin, report, reading)
    asked.report_orphans(report)
    return reading


def _ask(raw: RawSheet, items: list[Any]) -> None:
    # Items of the sheet's own that are no list stay as they are: validation names them.
    if items and isinstance(raw.values.setdefault("questions", []), list):
        raw.values["questions"].extend(items)


def _file_sheets(kind: Kind, path: Path, name: str, report: Report, reading: Reading) -> list[RawSheet]:
    try:
        return list(read_file(kind, path, name))
    except YamlProblem as error:
        report.reject(error.file, error.line, error.reason)
        reading.complete = False
        return []


def _take(raw: RawSheet, origin: str, report: Report, reading: Reading) -> None:
    key = (str(raw.kind), str(raw.values.get("id", "")))
    try:
        sheet = parse_sheet(raw.kind, raw.values, origin)
    except InvalidSheet as error:
        reading.faulty.add(key)
        for problem in error.problems:
            report.reject(raw.file, raw.line_of(problem[0]), describe(problem), key[1])
        return
    if key in reading.valid:
        first = reading.valid[key][0]
        report.reject(raw.file, raw.line, f"identifiant déjà pris dans {first.file}, ligne {first.line}", key[1])
        return
    reading.valid[key] = (raw, sheet)
