"""Reading CSV files of open data, one row at a time, each with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.textfile import encoding_of
from knowledge_base.report import Report
from knowledge_base.text import fold

_DELIMITERS = (";", ",", "\t", "|")
_SEPARATOR_LINE = re.compile(r"sep=(.?)", re.IGNORECASE)
_LONGEST_HEADER = 20  # lines
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
        before, header = _header(file)
        delimiter = max(_DELIMITERS, key=header.count) if not before.told else before.told
        columns = [fold(name) for name in next(csv.reader(io.StringIO(header), delimiter=delimiter), [])]
        missing = [name for name in required if fold(name) not in columns]
        if missing:
            raise ImportRefused(f"colonnes absentes : {', '.join(missing)}", file=path.name, line=1)
        yield from _checked(path, csv.reader(file, delimiter=delimiter, strict=True), columns, report, before.lines)


@dataclass(frozen=True)
class _Before:
    """What stands before the rows: how many lines, and the separator when Excel's « sep=; » tells it."""

    lines: int
    told: str = ""


def _header(file: TextIO) -> tuple[_Before, str]:
    """The header, which may have line breaks inside quotes, after a « sep=; » line or none."""
    told, lines, header = "", 1, file.readline()
    while header and not header.strip() and lines < _LONGEST_HEADER:
        header, lines = file.readline(), lines + 1
    said = _SEPARATOR_LINE.fullmatch(header.strip().strip('"'))
    if said:
        told, lines, header = said[1] or "\t", lines + 1, file.readline()
    while header.count('"') % 2 and lines < _LONGEST_HEADER and (more := file.readline()):
        header, lines = header + more, lines + 1
    return _Before(lines, told), header


def _checked(path: Path, reader: Iterator[list[str]], columns: list[str], report: Report, before: int) -> Iterator[Row]:
    line, read, malformed = before + 1, 0, 0
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
        line = int(reader.line_num) + before + 1  # type: ignore[attr-defined]
    if pending:
        raise ImportRefused("fichier coupé : la dernière ligne est incomplète", file=path.name, line=pending[0])
    if malformed > _FEW and malformed > MAX_MALFORMED_SHARE * read:
        raise ImportRefused(f"{malformed} lignes sur {read} sont mal formées : ce n’est pas le fichier attendu", file=path.name)


def _clean(cell: str) -> str:
    return cell.replace("''", "'").strip()
