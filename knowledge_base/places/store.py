"""Writing the facts of a source: what is new or changed is written, what vanished goes, nothing else is touched."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, cast

from sqlalchemy import Connection, Table, delete, insert, select, tuple_

import clock
from knowledge_base.meta import VERSION, get_meta, set_meta
from knowledge_base.places.batch import Batch, CourseFact
from knowledge_base.places.models import (
    CourseRow,
    CourseSheetRow,
    CoverRow,
    HiringRow,
    JobRomeRow,
    OfferRow,
    SiteRow,
    SourceRow,
)
from knowledge_base.report import Report
from knowledge_base.upsert import upsert

PLACES_VERSION = "places_version"
SOURCES = cast(Table, SourceRow.__table__)
COURSES = cast(Table, CourseRow.__table__)
COURSE_SHEETS = cast(Table, CourseSheetRow.__table__)
JOBS = cast(Table, JobRomeRow.__table__)
OWNED = {
    "sites": cast(Table, SiteRow.__table__),
    "offers": cast(Table, OfferRow.__table__),
    "covers": cast(Table, CoverRow.__table__),
    "hiring": cast(Table, HiringRow.__table__),
}
CHUNK = 400

Row = dict[str, Any]


def places_version(connection: Connection) -> str:
    """Changes whenever a place, an offer, a correction of one or a structure's sheet changes."""
    return f"{get_meta(connection, VERSION)}-{get_meta(connection, PLACES_VERSION)}"


def bump_places(connection: Connection) -> None:
    """Says that places or offers changed: every process reads them again."""
    set_meta(connection, PLACES_VERSION, uuid.uuid4().hex)


def store_batch(connection: Connection, batch: Batch, origin: str, digest: str, report: Report) -> None:
    """Makes the database hold exactly what the batch says of its source, in the caller's transaction."""
    report.read += batch.facts
    for name, table in OWNED.items():
        _replace(connection, table, batch.source, list(_rows(batch, name)), report)
    _add_courses(connection, batch.courses, batch.source)
    _add_jobs(connection, batch.jobs)
    upsert(connection, SOURCES, [_source_row(connection, batch, origin, digest)])
    if report.touched:
        bump_places(connection)


def _rows(batch: Batch, name: str) -> Iterable[Row]:
    columns = set(OWNED[name].columns.keys())
    for fact in getattr(batch, name):
        row = {**asdict(fact), "source": batch.source}
        if "as_of" in columns:
            row["as_of"] = row["as_of"] or batch.dated
        if "also" in columns:
            row["also"] = list(row["also"])
        yield row


def _replace(connection: Connection, table: Table, source: str, rows: list[Row], report: Report) -> None:
    keys = [column.name for column in table.primary_key]
    held = connection.execute(select(table).where(table.c.source == source)).mappings()
    before = {tuple(row[key] for key in keys): dict(row) for row in held}
    wanted = {tuple(row[key] for key in keys): row for row in rows}
    changed = [row for key, row in wanted.items() if before.get(key) != row]
    _upsert_all(connection, table, changed)
    gone = [key for key in before if key not in wanted]
    for start in range(0, len(gone), CHUNK):
        chosen = tuple_(*(table.c[key] for key in keys)).in_(gone[start : start + CHUNK])
        connection.execute(delete(table).where(chosen))
    report.added += sum(key not in before for key in wanted)
    report.changed += len(changed) - sum(key not in before for key in wanted)
    report.unchanged += len(wanted) - len(changed)
    report.retired += len(gone)


def _upsert_all(connection: Connection, table: Table, rows: list[Row]) -> None:
    for start in range(0, len(rows), CHUNK):
        upsert(connection, table, rows[start : start + CHUNK])


def _add_courses(connection: Connection, courses: list[CourseFact], origin: str) -> None:
    """Adds courses that nobody named before; what the checked table says of a course is never replaced by a source."""
    known = {row.key: row.origin for row in connection.execute(select(COURSES.c.key, COURSES.c.origin))}
    new = [course for course in courses if origin == "shipped" or known.get(course.key, origin) == origin]
    keys = [course.key for course in new]
    for start in range(0, len(keys), CHUNK):
        connection.execute(delete(COURSE_SHEETS).where(COURSE_SHEETS.c.course.in_(keys[start : start + CHUNK])))
    _upsert_all(connection, COURSES, [_course_row(course, origin) for course in new])
    links = [
        {"course": course.key, "sheet": sheet, "relation": relation} for course in new for sheet, relation in course.sheets
    ]
    _upsert_all(connection, COURSE_SHEETS, links)


def _course_row(course: CourseFact, origin: str) -> Row:
    return {"key": course.key, "label": course.label, "diploma": course.diploma, "level": course.level,
            "rncp": course.rncp, "origin": origin}  # fmt: skip


def set_courses(connection: Connection, courses: list[CourseFact]) -> None:
    """Writes the checked table of courses."""
    _add_courses(connection, courses, "shipped")


def _add_jobs(connection: Connection, jobs: list[tuple[str, str]]) -> None:
    held = {(row.job, row.rome) for row in connection.execute(select(JOBS))}
    if jobs:
        new = sorted(set(jobs) - held)
        if new:
            connection.execute(insert(JOBS), [{"job": job, "rome": rome} for job, rome in new])


def _source_row(connection: Connection, batch: Batch, origin: str, digest: str) -> Row:
    held = connection.execute(select(SOURCES).where(SOURCES.c.id == batch.source)).mappings().first()
    now = clock.now()
    fetched = {"etag": "", "modified": "", "checked_at": None} if held is None else {
        "etag": held["etag"], "modified": held["modified"], "checked_at": held["checked_at"]
    }  # fmt: skip
    return {"id": batch.source, "origin": origin, "dated": batch.dated, "digest": digest, "facts": batch.facts,
            "loaded_at": now, "failure": "", **fetched}  # fmt: skip


def held_source(connection: Connection, source: str) -> Row | None:
    """What is known of a source: origin, date, digest, how many facts, when it was looked for; None when never loaded."""
    found = connection.execute(select(SOURCES).where(SOURCES.c.id == source)).mappings().first()
    return dict(found) if found else None
