"""A published workbook as the CSV file that its importer reads."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from openpyxl import load_workbook

from knowledge_base.errors import ImportRefused

# The workbook's names of the columns → those of the CSV edition.
_NAMES = {"Code Diplôme": "Code_Diplome", "FicheRNCP": "Code_RNCP"}
_HEADER_WITHIN = 10


def as_csv(path: Path, folder: Path, first_column: str = "Code Diplôme") -> Path:
    """The sheet whose header starts with `first_column`, written to `folder`. Raises ImportRefused when there is none."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl and zipfile raise many kinds for a damaged file
        raise ImportRefused("classeur illisible, fichier abîmé ou coupé", file=path.name) from error
    for sheet in book.worksheets:
        rows = sheet.iter_rows(values_only=True)
        for above, row in zip(range(_HEADER_WITHIN), rows, strict=False):
            if row and row[0] == first_column:
                return _write(folder / f"{path.stem}.csv", row, rows, above)
    raise ImportRefused(f"aucune feuille ne commence par « {first_column} »", file=path.name)


def _write(target: Path, header: tuple[object, ...], rows: Iterable[tuple[object, ...]], above: int) -> Path:
    """Empty lines stand for what is above the header and for empty rows: a line here is a row of the workbook."""
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write("\n" * above)
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow([_NAMES.get(str(cell), _cell(cell)) for cell in header])
        for row in rows:
            cells = [_cell(cell) for cell in row]
            writer.writerow(cells if any(cells) else [])
    return target


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
