"""The editable tables of `tables/*.yml`, read once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from language.fold import fold_words
from language.yml import read_yml

FOLDER = Path(__file__).parent / "tables"


class TableError(ValueError):
    """A table is not as it should be; says which entry."""


@cache
def table(name: str) -> Any:
    """What a table holds, as it was written. Not to be changed by whoever reads it."""
    return read_yml((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def run(text: object) -> tuple[str, ...]:
    """The folded words of an entry."""
    return tuple(fold_words(str(text)).split())


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """A list of single words, folded.

    Raises:
        TableError: an entry is not one word.
    """
    entries = [(entry, run(entry)) for entry in table(name)[key]]
    for entry, words in entries:
        if len(words) != 1:
            raise TableError(f"{name}.yml, {key}: {entry!r} is not one word")
    return frozenset(words[0] for _, words in entries)
