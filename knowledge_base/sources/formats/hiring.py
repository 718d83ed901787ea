"""« Besoins en main-d’œuvre » (BMO) by employment area, and the ROME codes of its jobs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.place_book import display_name
from knowledge_base.importers.textfile import encoding_of
from knowledge_base.places.batch import Batch, HiringFact
from knowledge_base.schema import ROME_CODE
from knowledge_base.sources.entries import Entry, Gathering
from knowledge_base.sources.reading import Context
from knowledge_base.text import fold

_COLUMNS = ["annee", "Code métier BMO", "Nom métier BMO", "Dept", "met", "xmet", "smet"]
_FAP = "[A-Z][0-9][A-Z][0-9]{2}"


def read_bmo(path: Path, context: Context) -> Batch:
    """Projects of recruitment by job and area of Normandie, from the CSV or the published workbook; « * » is secret."""
    gathering = Gathering(path, context)
    return gathering.take(_lines(gathering) if path.suffix == ".xlsx" else gathering.rows(_COLUMNS), _take)


def _take(entry: Entry) -> None:
    departement = entry.norman("dept")
    area = next((name for name in entry.values if name.startswith("be") and name[2:].isdigit()), "be")
    # The file itself misspells « ouvriers ».
    job = entry.needed("nom metier bmo").replace("Ouviers", "Ouvriers")
    fact = HiringFact(entry.matching("[0-9]{3,6}", area), display_name(entry.needed(f"nom{area}")), departement,
                      entry.matching("[0-9A-Z]{5}", "code metier bmo"), job, int(entry.matching("20[0-9]{2}", "annee")),
                      *(_said(entry, name) for name in ("met", "xmet", "smet")))  # fmt: skip
    before = entry.of.told.setdefault(("hiring", fact.area, fact.departement, fact.job), (entry.where, fact))
    if before[1] != fact:
        entry.note(f"déjà dit autrement {before[0]}")
    entry.of.batch.hiring.append(fact)


def _said(entry: Entry, name: str) -> int | None:
    if not entry.text(name):
        entry.note(f"« {name} » vide, tenu pour secret")
    return entry.count(name)


def _lines(gathering: Gathering) -> Iterator[Entry]:
    try:
        book = load_workbook(gathering.path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl and zipfile raise many kinds for a damaged file
        raise ImportRefused("classeur illisible, fichier abîmé ou coupé", file=gathering.path.name) from error
    sheet = max(book.worksheets, key=lambda sheet: sheet.max_row or 0)
    lines = sheet.iter_rows(values_only=True)
    header = [fold(str(cell or "")) for cell in next(lines, ())]
    if missing := [name for name in _COLUMNS if fold(name) not in header]:
        raise ImportRefused(f"colonnes absentes : {', '.join(missing)}", file=gathering.path.name, line=1)
    for number, line in enumerate(lines, 2):
        if any(cell is not None for cell in line):
            yield Entry(gathering, dict(zip(header, line, strict=False)), line=number)


def read_job_codes(path: Path, context: Context) -> Batch:
    """`FAP;PCS;ROME` without a header: which ROME codes a job of the survey holds; its code stands on its first line only."""
    gathering = Gathering(path, context)
    batch = gathering.take(_codes(gathering), _job)
    batch.jobs = sorted(set(batch.jobs))
    return batch


def _codes(gathering: Gathering) -> Iterator[Entry]:
    job = ""
    with gathering.path.open(encoding=encoding_of(gathering.path), newline="") as file:
        reader = csv.reader(file, delimiter=";")
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                job = ""  # an empty line ends what was said of a job
                continue
            job = cells[0] or job
            yield Entry(gathering, {"fap": job, "rome": cells[2] if len(cells) == 3 else ""}, line=reader.line_num)


def _job(entry: Entry) -> None:
    job, rome = entry.matching(_FAP, "fap"), entry.matching(ROME_CODE.pattern, "rome")
    entry.of.batch.jobs.append((job, rome))
