"""The closed list of points that people ask of a sheet (`points.yml`), with the fields that answer each by kind of sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from language.yml import read_yml

POINTS_FILE = Path(__file__).parent / "points.yml"


@dataclass(frozen=True)
class Point:
    """One point: its French name, how it is asked of any sheet and, by kind of sheet, the fields that answer it, best first."""

    name: str
    label: str
    asks: tuple[str, ...] = ()
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def points() -> dict[str, Point]:
    """The closed list of points, in the order of the file."""
    table = read_yml(POINTS_FILE.read_text(encoding="utf-8"))
    return {name: Point(name, row["label"], tuple(row.get("asks", ())), _by_kind(row["fields"])) for name, row in table.items()}


def _by_kind(fields: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(names) for kind, names in fields.items()}
