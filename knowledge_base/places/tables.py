"""Our own tables of places and offers: CSV files with a head that states source, date, publisher, licence, attribution.

`content/places/<source>.csv` sites, `<source>-territoires.csv` what they serve; `content/offers/<source>.csv` offers;
`content/hiring/<source>.csv` recruitment. `content/offers/courses.csv` is the checked table of courses.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from knowledge_base.errors import ContentError
from knowledge_base.places.batch import Batch, CourseFact, CoverFact, HiringFact, OfferFact, SiteFact

COURSES = "offers/courses.csv"
# Part of a batch → (folder, end of the file's name, type of its rows).
PARTS: dict[str, tuple[str, str, type[Any]]] = {
    "sites": ("places", "", SiteFact),
    "covers": ("places", "-territoires", CoverFact),
    "offers": ("offers", "", OfferFact),
    "hiring": ("hiring", "", HiringFact),
}
_DELIMITER = ";"


@dataclass(frozen=True)
class Head:
    """What the first lines of a table say of it."""

    source: str
    dated: date
    title: str = ""
    publisher: str = ""
    licence: str = ""
    attribution: str = ""
    page: str = ""


def write_batch(content: Path, batch: Batch, head: Head) -> list[Path]:
    """Writes the tables of one source, sorted, and gives their paths; parts without a fact have no file."""
    written = []
    for part, (folder, end, type_) in PARTS.items():
        rows = sorted(getattr(batch, part), key=lambda fact: [str(value) for value in _cells(fact, type_)])
        if rows:
            path = content / folder / f"{batch.source}{end}.csv"
            _write(path, head, [field.name for field in fields(type_)], (_cells(fact, type_) for fact in rows))
            written.append(path)
    if batch.jobs:
        path = content / "hiring" / f"{batch.source}.csv"
        _write(path, head, ["job", "rome"], sorted(batch.jobs))
        written.append(path)
    return written


def _cells(fact: Any, type_: type[Any]) -> list[str]:
    return [_text(getattr(fact, field.name)) for field in fields(type_)]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, tuple):
        return "|".join(value)
    return str(round(value, 5)) if isinstance(value, float) else str(value)


def _write(path: Path, head: Head, columns: list[str], rows: Iterable[Iterable[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        for field in fields(head):
            if value := getattr(head, field.name):
                file.write(f"# {field.name}: {value}\n")
        writer = csv.writer(file, delimiter=_DELIMITER, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def read_batches(content: Path) -> list[Batch]:
    """The batches of a content folder, one a source. Raises ContentError naming the file that cannot be read."""
    batches: dict[str, Batch] = {}
    for part, path in table_files(content):
        head, rows = read_table(path)
        batch = batches.setdefault(head.source, Batch(head.source, head.dated))
        try:
            _add(batch, part, rows)
        except (KeyError, TypeError, ValueError) as error:
            raise ContentError(f"{path.name} : table illisible ({error})") from error
    return list(batches.values())


def _add(batch: Batch, part: str, rows: list[dict[str, str]]) -> None:
    if part == "hiring" and rows and "rome" in rows[0]:
        batch.jobs += [(row["job"], row["rome"]) for row in rows]
        return
    type_ = PARTS[part][2]
    getattr(batch, part).extend(_fact(type_, row) for row in rows)


def table_files(content: Path) -> Iterator[tuple[str, Path]]:
    """(part of a batch, file) of every table, in a fixed order."""
    for folder in ("places", "offers", "hiring"):
        for path in sorted((content / folder).glob("*.csv")):
            if path.name in ("courses.csv", "communes.csv", "sheets.csv"):
                continue
            part = "covers" if path.stem.endswith("-territoires") else {"places": "sites"}.get(folder, folder)
            yield part, path


def read_table(path: Path) -> tuple[Head, list[dict[str, str]]]:
    """The head and the rows of a table."""
    head: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        lines = file.read().splitlines(keepends=True)
    while lines and lines[0].startswith("#"):
        name, _, value = lines.pop(0)[1:].partition(":")
        head[name.strip()] = value.strip()
    try:
        dated = date.fromisoformat(head.pop("dated"))
        return Head(head.pop("source"), dated, **head), list(csv.DictReader(lines, delimiter=_DELIMITER))
    except (KeyError, ValueError, TypeError) as error:
        raise ContentError(f"{path.name} : en-tête sans source ou sans date") from error


# Reading the annotations of a type again for each of thousands of rows would take three quarters of the work.
_hints = cache(get_type_hints)


def _fact(type_: type[Any], row: dict[str, str]) -> Any:
    hints = _hints(type_)  # type: ignore[arg-type]  # a class can be hashed
    return type_(**{field.name: _value(hints[field.name], row.get(field.name, "")) for field in fields(type_)})


def _value(hint: Any, text: str) -> Any:
    kinds = getattr(hint, "__args__", (hint,))
    if hint is bool:
        return text == "1"
    if getattr(hint, "__origin__", None) is tuple:
        return tuple(part for part in text.split("|") if part)
    if text == "" and type(None) in kinds:
        return None
    for kind, convert in ((int, int), (float, float), (date, date.fromisoformat)):
        if kind in kinds:
            return convert(text)
    return text


def read_courses(content: Path) -> dict[str, CourseFact]:
    """The checked table of courses by key."""
    path = content / COURSES
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["key"]: _course(row) for row in csv.DictReader(file, delimiter=_DELIMITER)}


def _course(row: dict[str, str]) -> CourseFact:
    is_it = [(f"formation/{name}", "est") for name in row["sheets"].split()]
    leads = [(f"formation/{name}", "mene") for name in row["leads_to"].split()]
    level = int(row["level"]) if row["level"] else None
    return CourseFact(row["key"], row["label"], row["diploma"], level, row["rncp"], tuple(is_it + leads))


def tables_digest(content: Path) -> str:
    """A digest of every table: what tells a start that nothing changed."""
    paths = [path for folder in ("places", "offers", "hiring") for path in sorted((content / folder).glob("*.csv"))]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
