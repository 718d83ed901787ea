"""What the learned guess is trained on, and where its model lies."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, or_, select

from knowledge_base.models import CorrectionRow, SheetRow, TradeTitleRow
from knowledge_base.search.learned import (
    FEWEST_CODES,
    NAME_WEIGHT,
    SKILL_WEIGHT,
    TEXT_WEIGHT,
    Sample,
    TradeModel,
    digest_of,
    train,
)
from knowledge_base.text import gendered_forms

MODELS = "models"


def samples_of(connection: Connection, *, without: Collection[str] = ()) -> list[Sample]:
    """Names, skills and texts of trades. The agency's own sheets and its corrections are left out: a change there must
    be answered from within seconds, without a training. `without` are titles held out for an evaluation."""
    titles = select(TradeTitleRow.title, TradeTitleRow.rome).where(TradeTitleRow.retired_on.is_(None))
    samples = []
    for title, rome in connection.execute(titles.order_by(TradeTitleRow.origin, TradeTitleRow.code)):
        if title not in without:
            samples += _names(title, rome)
    sheets = select(SheetRow.id, SheetRow.title, SheetRow.also, SheetRow.rome, SheetRow.origin, SheetRow.data)
    sheets = sheets.where(SheetRow.kind == "metier", SheetRow.origin != "own")
    corrected = _before_corrections(connection)
    sheets = sheets.where(or_(SheetRow.retired_on.is_(None), SheetRow.id.in_(corrected)))
    for row in connection.execute(sheets.order_by(SheetRow.id)):
        if len(row.rome) != 1:
            continue  # several codes: which one its names belong to is not said
        rome = row.rome[0]
        data = {**row.data, **corrected.get(row.id, {})}
        for name in (row.title, *row.also):
            samples += _names(name, rome)
        samples += [Sample(skill, rome, SKILL_WEIGHT) for skill in data.get("skills", [])]
        samples += [Sample(skill, rome, SKILL_WEIGHT) for skill in data.get("environments", [])]
        texts = [data.get(name) or "" for name in ("does", "conditions", "day")]
        samples += [Sample(line, rome, TEXT_WEIGHT) for text in texts for line in text.split("\n") if line]
    return samples


def _names(title: str, rome: str) -> list[Sample]:
    # Both genders are written differently and mean the same.
    return [Sample(form, rome, NAME_WEIGHT, heard=first == 0) for first, form in enumerate(gendered_forms(title))]


def _before_corrections(connection: Connection) -> dict[str, dict[str, Any]]:
    query = select(CorrectionRow.id, CorrectionRow.base).where(CorrectionRow.kind == "metier")
    return {row.id: row.base for row in connection.execute(query)}


def ensure_model(connection: Connection, home: Path) -> TradeModel | None:
    """The model of the current trades, trained when there is none; None when there are too few trades."""
    samples = samples_of(connection)
    if len({sample.rome for sample in samples}) < FEWEST_CODES:
        return None
    folder = home / MODELS / digest_of(samples)
    if not (folder / "model.json").exists():
        train(samples, folder)
        for other in (home / MODELS).iterdir():
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
    return TradeModel(folder)
