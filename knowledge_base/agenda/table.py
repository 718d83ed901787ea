"""Sessions out of a spreadsheet: all lines are good, or nothing is kept and each bad line is said."""

from __future__ import annotations

import csv
import io

from knowledge_base.agenda.entry import FIELDS, Entry, FindPlace, read_entry
from knowledge_base.errors import SessionRefused
from knowledge_base.text import fold

MOST_LINES = 500
_COLUMNS = {fold(label): name for name, (label, _) in FIELDS.items()}
HEADER = ";".join(label for label, _ in FIELDS.values())


def read_table(text: str, find: FindPlace) -> list[Entry]:
    """The sessions of a CSV text (separator « ; », tab or « , », French headers of `FIELDS`).

    Raises:
        SessionRefused: « Ligne 3 : … » for every fault of every line.
    """
    rows = _rows(text)
    entries, faults = [], []
    for number, row in rows:
        try:
            entries.append(read_entry(row, find))
        except SessionRefused as refused:
            faults += [f"Ligne {number} : {fault}" for fault in refused.faults]
    if faults:
        raise SessionRefused(faults)
    return entries


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    separator = next((mark for mark in (";", "\t") if mark in first), ",")
    try:
        reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator, strict=True)
        lines = [(reader.line_num, line) for line in reader if any(cell.strip() for cell in line)]
    except csv.Error:
        raise SessionRefused(["Je ne sais pas lire ce tableau : un guillemet n’est pas fermé."]) from None
    if len(lines) < 2:
        raise SessionRefused(["Le tableau est vide : donnez la ligne des titres, puis une ligne par date."])
    if len(lines) - 1 > MOST_LINES:
        raise SessionRefused([f"Le tableau a plus de {MOST_LINES} lignes : donnez-le en plusieurs fois."])
    names = _names(lines[0][1])
    return [(number, _row(number, names, line)) for number, line in lines[1:]]


def _row(number: int, names: list[str], line: list[str]) -> dict[str, str]:
    if len(line) > len(names) and any(cell.strip() for cell in line[len(names):]):  # fmt: skip
        raise SessionRefused([f"Ligne {number} : elle a plus de colonnes que la ligne des titres."])
    return dict(zip(names, line, strict=False))


def _names(header: list[str]) -> list[str]:
    unknown = [cell.strip() for cell in header if fold(cell).strip() not in _COLUMNS]
    if unknown:
        raise SessionRefused([f"Ligne 1 : colonne inconnue, « {', '.join(unknown)} ». Les titres sont : {HEADER}."])
    return [_COLUMNS[fold(cell).strip()] for cell in header]
