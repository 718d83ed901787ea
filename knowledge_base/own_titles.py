"""Titles of trades and whose they are: no name of a sheet of ours may be the title of another trade.

`rome_titles.tsv` keeps what the ROME calls each code (version 347, France Travail, Licence Ouverte, read on 2026-11-30): codes
and folded titles, nothing else. Where the ROME or Onisep's trades were imported, those count instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine, select

from knowledge_base.models import SheetRow, TradeTitleRow
from knowledge_base.sheet import Sheet
from knowledge_base.text import gendered_forms

KEPT = Path(__file__).with_name("rome_titles.tsv")
NATIONAL = ("onisep",)
# Folded title → ROME codes of the trades that bear it
Titles = Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def kept_titles() -> Titles:
    """The titles that are shipped."""
    lines = KEPT.read_text(encoding="utf-8").splitlines()
    return _by_title((title, [code]) for code, *titles in (line.split("\t") for line in lines) for title in titles)


def imported_titles(engine: Engine) -> Titles:
    """The titles of the imported ROME and Onisep; empty when none was imported."""
    titles, sheets = TradeTitleRow.__table__, SheetRow.__table__
    with engine.connect() as connection:
        named = connection.execute(select(titles.c.title, titles.c.rome).where(titles.c.retired_on.is_(None))).all()
        trades = select(sheets.c.title, sheets.c.rome).where(sheets.c.kind == "metier", sheets.c.retired_on.is_(None))
        national = connection.execute(trades.where(sheets.c.origin.in_(NATIONAL))).all()
    return _by_title((form, codes) for title, codes in [*((title, [rome]) for title, rome in named), *national]
                     for form in gendered_forms(title))  # fmt: skip


def _by_title(pairs: Iterable[tuple[str, Iterable[str]]]) -> Titles:
    found: dict[str, set[str]] = defaultdict(set)
    for title, codes in pairs:
        found[title].update(codes)
    return {title: frozenset(codes) for title, codes in found.items()}


def others_titles(sheet: Sheet, titles: Titles) -> Iterator[tuple[tuple[str, ...], str]]:
    """(field, reason) of each name of a trade that is another trade's own title."""
    if sheet.kind != "metier":
        return
    for field, names in (("title", [sheet.title]), ("also", sheet.also)):
        for name in names:
            codes = {code for form in gendered_forms(name) for code in titles.get(form, ())}
            if codes and not codes & set(sheet.rome):
                yield (field,), f"« {name} » est le titre d’un autre métier ({', '.join(sorted(codes))})"
