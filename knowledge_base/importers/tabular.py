"""Reading CSV files of open data, one row at a time, each with its line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.textfile import encoding_of
from knowledge_base.report import Report
from knowledge_base.text import fold

_DELIMITERS = (";", ",", "\t", "|")
# A file in which more rows than this share have the wrong number of columns is not the expected file.
MAX_MALFORMED_SHARE = 0.05
_FEW = 5


@dataclass(frozen=True)
class Row:
    """One record: the line it starts on (1-based) and its cells by folded column name."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[fold(column)]

    def get(self, column: str) -> str:
        """The cell, or an empty string when the file has no such column."""
        return self.cells.get(fold(column), "")


def read_rows(path: Path, required: Collection[str], report: Report) -> Iterator[Row]:
    """The rows of a CSV file, streamed; doubled apostrophes of SQL exports are undone.

    Raises ImportRefused when a required column is missing, when the file ends in the middle of a row, or when
    too many rows are malformed; a malformed row in an otherwise sound file is rejected in the report.
    """
    with path.open(encoding=encoding_of(path), newline="") as file:
        header = file.readline()
        delimiter = max(_DELIMITERS, key=header.count)
        columns = [fold(name) for name in next(csv.reader([header], delimiter=delimiter), [])]
        missing = [name for name in required if fold(name) not in columns]
        if missing:
            raise ImportRefused(f"colonnes absentes : {', '.join(missing)}", file=path.name, line=1)
        yield from _checked(path, csv.reader(file, delimiter=delimiter, strict=True), columns, report)


def _checked(path: Path, reader: Iterator[list[str]], columns: list[str], report: Report) -> Iterator[Row]:
    line, read, malformed = 2, 0, 0
    pending: tuple[int, int] | None = None  # (line, number of cells) of a malformed row, judged when another follows
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ImportRefused(f"ligne illisible, fichier abîmé ou coupé ({error})", file=path.name, line=line) from error
        if cells is None:
            break
        if pending:
            report.reject(path.name, pending[0], f"{pending[1]} colonnes au lieu de {len(columns)}")
            pending = None
        read += 1
        if len(cells) == len(columns):
            yield Row(line, dict(zip(columns, map(_clean, cells), strict=True)))
        elif cells:
            malformed += 1
            pending = (line, len(cells))
        line = _next_line(reader)
    if pending:
        raise ImportRefused("fichier coupé : la dernière ligne est incomplète", file=path.name, line=pending[0])
    if malformed > _FEW and malformed > MAX_MALFORMED_SHARE * read:
        raise ImportRefused(f"{malformed} lignes sur {read} sont mal formées : ce n’est pas le fichier attendu", file=path.name)


def _next_line(reader: Iterator[list[str]]) -> int:
    # The header was read before the reader started: its first line is line 2 of the file.
    return int(reader.line_num) + 2  # type: ignore[attr-defined]


def _clean(cell: str) -> str:
    return cell.replace("''", "'").strip()
