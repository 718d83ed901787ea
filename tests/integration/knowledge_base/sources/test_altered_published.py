"""Each field of each published format of places, altered: read right, or reported with its line; nothing goes in silence."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from knowledge_base.errors import ImportRefused
from knowledge_base.loader import SHIPPED_CONTENT
from knowledge_base.places.batch import Batch
from knowledge_base.places.shipped import shipped_places
from knowledge_base.places.tables import read_courses
from knowledge_base.sources.formats import READERS
from knowledge_base.sources.reading import Communes, Context
from knowledge_base.text import fold
from tests.fixtures.altered import OTHER, Altered, of_json, of_table

# Where the list of records of a JSON format lies.
RECORDS: dict[str, tuple[str, ...]] = {"lycees": ("lycees",), "france_services": ("features",), "dila": ("features",)}
# What a reader does not read at all: another value there changes nothing, and need not.
UNREAD = {
    "lycees": {"secteur"}, "lycees_communes": {"rentree_scolaire"}, "ideo_actions": {"AF Identifiant Onisep"},
    "high_schools": {"model", "pk", "country", "department"}, "missions_locales_zones": {"Nom Commune"},
    "france_services": {"type", "FORMAT_FS"}, "bmo_rome": {"691e"},
    "apprenticeship_bodies": {"raison_sociale", "commune", "siret"}, "networks": {"Raison sociale", "Siret"},
    "dila": {"type", "EditeurSource", "Latitude", "Longitude", "Précision", "Email", "Note", "Complément"},
}  # fmt: skip
# What is read by one word in it: cut, it may still say the same.
READ_BY_A_WORD = {"Af Modalites Scolarite", "Type Detablissement", "Ens Hebergement"}
# Facts of their own, which need not be there.
OPTIONAL = {"covers"}


@dataclass(frozen=True)
class Told:
    """What a reader said, with where, and what it holds."""

    refused: str = ""
    said: frozenset[str] = frozenset()
    held: str = ""
    facts: int = 0


@pytest.fixture(scope="module")
def context() -> Context:
    return Context("essai", date(2026, 11, 1), Communes(shipped_places(SHIPPED_CONTENT)), read_courses(SHIPPED_CONTENT))


@pytest.fixture
def published(fixtures: Path) -> Path:
    """A few records of each format."""
    return fixtures / "published"


def _told(format_: str, path: Path, context: Context) -> Told:
    try:
        batch = READERS[format_](path, context)
    except ImportRefused as refused:
        return Told(refused=str(refused))
    return Told("", frozenset(_lines(batch)), _held(batch), batch.facts)


def _lines(batch: Batch) -> Iterator[str]:
    for item in (*batch.report.rejected, *batch.report.notes):
        assert item.line or re.match(r"enregistrement \d+", item.reason), f"said without its line: {item}"
        yield str(item)


def _held(batch: Batch) -> str:
    facts = (*batch.sites, *batch.offers, *batch.courses, *batch.covers, *batch.hiring)
    return fold(" ".join([*(str(asdict(fact)) for fact in facts), str(batch.jobs)]))


def _fault(format_: str, trial: Altered, before: Told, after: Told) -> str:
    if after.refused or after.said - before.said:
        return ""
    if trial.same or trial.column in UNREAD.get(format_, set()):
        return "" if after.held == before.held else f"{trial.name}: another batch"
    if trial.column in READ_BY_A_WORD and trial.value and trial.value != OTHER and after.facts == before.facts:
        return ""
    if not trial.value:
        return "" if after.facts == before.facts or trial.column in OPTIONAL else f"{trial.name}: a record is gone"
    value = str(float(trial.value)) if re.fullmatch(r"-?\d+\.\d*", trial.value) else trial.value
    words = [word for word in fold(value).split() if len(word) > 2 or word.isdigit()] or [fold(value)]
    return "" if all(word in after.held for word in words) else f"{trial.name}: dropped in silence"


def _trials(format_: str, file: Path) -> Iterator[Altered]:
    content = file.read_text(encoding="utf-8")
    if file.suffix == ".csv":
        return of_table(file.name, content)
    return of_json(file.name, content, RECORDS.get(format_, ()))


@pytest.mark.parametrize("format_", sorted(READERS))
def test_every_altered_field_is_read_right_or_reported(context: Context, published: Path, tmp_path: Path, format_: str) -> None:
    (file,) = published.glob(f"{format_}.*")
    before = _told(format_, file, context)
    assert before.facts and not before.refused
    faults, count = [], 0
    for trial in _trials(format_, file):
        (tmp_path / file.name).write_text(trial.content, encoding="utf-8")
        faults.append(_fault(format_, trial, before, _told(format_, tmp_path / file.name, context)))
        count += 1
    assert count > 10 and [fault for fault in faults if fault] == []


@pytest.mark.parametrize("format_", sorted(READERS))
def test_every_field_taken_away_altogether_is_reported_or_not_needed(
    context: Context, published: Path, tmp_path: Path, format_: str
) -> None:
    (file,) = published.glob(f"{format_}.*")
    if file.suffix != ".csv" or format_ == "bmo_rome":
        assert format_ in RECORDS or format_ in ("high_schools", "bmo_rome")  # the values of these go one by one above
        return
    before = _told(format_, file, context)
    delimiter = max(";,", key=file.read_text("utf-8").splitlines()[0].count)
    header, *rows = csv.reader(file.read_text("utf-8").splitlines(), delimiter=delimiter)
    for place in range(len(header)):
        target = tmp_path / file.name
        with target.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=delimiter).writerows([row[:place] + row[place + 1:] for row in (header, *rows)])
        after = _told(format_, target, context)
        assert after.refused or after.said or after.facts == before.facts or header[place] in OPTIONAL, header[place]


@pytest.mark.parametrize("format_", sorted(READERS))
def test_a_file_cut_in_its_last_record_is_refused_or_told(
    context: Context, published: Path, tmp_path: Path, format_: str
) -> None:
    (file,) = published.glob(f"{format_}.*")
    content = file.read_text(encoding="utf-8").rstrip("\n;")
    last = content.rindex("\n") + 1 if file.suffix == ".csv" else len(content) - 40
    (tmp_path / file.name).write_text(content[: last + 3], encoding="utf-8")
    after = _told(format_, tmp_path / file.name, context)
    assert after.refused or after.said


def test_a_row_of_a_workbook_is_told_by_its_own_number(context: Context, published: Path, tmp_path: Path) -> None:
    rows = list(csv.reader((published / "bmo.csv").read_text("utf-8").splitlines(), delimiter=";"))
    rows[2][0] = "l'an dernier"
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "bmo.xlsx")
    (rejected,) = READERS["bmo"](tmp_path / "bmo.xlsx", context).report.rejected
    assert (rejected.line, "annee" in rejected.reason) == (3, True)
