"""Recognising published files in a folder: by the pattern of their name and by what their first lines hold."""

from __future__ import annotations

import fnmatch
import gzip
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge_base.sources.catalogue import Declared

_HEAD = 4_000


def files_of(folder: Path, declared: Mapping[str, Declared]) -> dict[str, list[Path]]:
    """The files (or folders) of each source found under a folder."""
    found: dict[str, list[Path]] = {}
    for path in candidates(folder):
        for source in declared.values():
            if is_of(path, source):
                found.setdefault(source.id, []).append(path)
    return found


def candidates(folder: Path) -> Iterator[Path]:
    """Every file and folder under `folder`, sorted."""
    yield from sorted(path for path in folder.rglob("*") if not path.name.startswith("."))


def is_of(path: Path, source: Declared) -> bool:
    """True when the path is a file (or a folder of records) of that source."""
    if path.is_dir():
        return bool(source.folder) and fnmatch.fnmatch(path.name, source.folder)
    if not source.pattern or (source.folder and fnmatch.fnmatch(path.parent.name, source.folder)):
        return False
    return fnmatch.fnmatch(path.name, source.pattern) and looks_like(path, source)


def looks_like(path: Path, source: Declared) -> bool:
    """True when the first lines of a file hold what that source's do; a workbook is believed."""
    return path.suffix == ".xlsx" or bool(re.search(source.header, head_text(path), re.M))


def head_text(path: Path) -> str:
    """The beginning of a file as text; a workbook or an archive has none worth reading."""
    if path.suffix == ".xlsx":
        return ""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as file:
        return bytes(file.read(_HEAD)).decode("utf-8-sig", "replace")
