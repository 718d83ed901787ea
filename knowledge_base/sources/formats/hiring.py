"""« Besoins en main-d’œuvre » (BMO) by employment area, and the ROME codes of its jobs."""

from __future__ import annotations

import csv
from pathlib import Path

from openpyxl import load_workbook

from knowledge_base.importers.place_book import display_name
from knowledge_base.importers.tabular import read_rows
from knowledge_base.importers.textfile import encoding_of
from knowledge_base.places.batch import Batch, HiringFact
from knowledge_base.report import Report
from knowledge_base.sources.reading import NORMAN, Context
from knowledge_base.text import fold

_COLUMNS = ["annee", "Code métier BMO", "Nom métier BMO", "Dept", "met", "xmet", "smet"]


def read_bmo(path: Path, context: Context) -> Batch:
    """Projects of recruitment by job and area of Normandie, from the CSV or the published workbook; « * » is secret."""
    batch = context.batch()
    for cells in _rows(path):
        area = next((name for name in cells if name.startswith("be") and name[2:].isdigit()), "")
        if not area or cells["dept"] not in NORMAN:
            continue
        # The file itself misspells « ouvriers ».
        job = cells["nom metier bmo"].replace("Ouviers", "Ouvriers")
        batch.hiring.append(
            HiringFact(cells[area], display_name(cells[f"nom{area}"]), cells["dept"], cells["code metier bmo"],
                       job, int(cells["annee"]), *(_number(cells[name]) for name in ("met", "xmet", "smet")))
        )  # fmt: skip
    return batch


def _rows(path: Path) -> list[dict[str, str]]:
    if path.suffix != ".xlsx":
        return [row.cells for row in read_rows(path, _COLUMNS, Report(path.name))]
    book = load_workbook(path, read_only=True, data_only=True)
    sheet = max(book.worksheets, key=lambda sheet: sheet.max_row or 0)
    lines = sheet.iter_rows(values_only=True)
    header = [fold(str(cell or "")) for cell in next(lines)]
    return [dict(zip(header, ("" if cell is None else str(cell) for cell in line), strict=False)) for line in lines]


def _number(text: str) -> int | None:
    return None if text in ("*", "") else int(float(text.replace(",", ".")))


def read_job_codes(path: Path, context: Context) -> Batch:
    """`FAP;PCS;ROME` without a header: which ROME codes a job of the survey holds."""
    batch = context.batch()
    with path.open(encoding=encoding_of(path), newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            if len(row) == 3 and row[0] and row[2]:
                batch.jobs.append((row[0].strip(), row[2].strip()))
    batch.jobs = sorted(set(batch.jobs))
    return batch
