"""One import, one transaction: all of a file or nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

import clock
from knowledge_base.meta import bump_version
from knowledge_base.report import Report
from knowledge_base.schema import SUMMARY_LENGTH, Source


@contextmanager
def one_import(engine: Engine, report: Report) -> Iterator[Connection]:
    """A transaction that says at its end that the content changed, if it did."""
    with engine.begin() as connection:
        yield connection
        if report.touched:
            bump_version(connection)


def collected(name: str, url: str | None = None) -> Source:
    """The source of imported sheets: collected on the day of the import."""
    return Source(name=name, url=url, collected_on=clock.today())


def fitted(text: str, length: int = SUMMARY_LENGTH) -> str:
    """The text on one line, cut at a word when it is longer than `length` characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 2].rsplit(" ", 1)[0].rstrip(" ,;:(") + " …"


def summary_from(text: str, fallback: str) -> str:
    """The first sentence of a text when it fits a summary, cut at a word otherwise."""
    text = " ".join(text.split()) or fallback
    first = text.split(". ")[0].rstrip(".") + "."
    return fitted(first)
