"""No name of a sheet of ours is the title of another trade in the ROME: « œnologue » is no sommelier."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from knowledge_base.check import check_content
from knowledge_base.loader import SHIPPED_CONTENT, read_folder
from knowledge_base.own_titles import kept_titles, others_titles
from knowledge_base.report import Report
from knowledge_base.sheet import Sheet
from knowledge_base.text import gendered_forms


@cache
def _trades() -> list[Sheet]:
    found = read_folder(SHIPPED_CONTENT, "shipped", Report("titres")).valid.values()
    return [sheet for _, sheet in found if sheet.kind == "metier"]


def test_no_shipped_trade_bears_the_title_of_another() -> None:
    titles = kept_titles()
    assert [f"{sheet.id}: {reason}" for sheet in _trades() for _, reason in others_titles(sheet, titles)] == []


@pytest.mark.parametrize(("name", "sheet"), [
    ("œnologue", "oenologue"), ("disc jockey", "disc-jockey"), ("restauratrice", "restaurateur"),
    ("modiste", "modiste"), ("voiturier", "voiturier"), ("cuisiniste", "cuisiniste"), ("vidéaste", "videaste"),
    ("humoriste", "humoriste"), ("manutentionnaire", "manutentionnaire"), ("scénariste", "scenariste"), ("caviste", "caviste"),
    ("portiqueur", "portiqueur"), ("climatologue", "climatologue"), ("terrassière", "terrassier"), ("tôlier", "chaudronnier"),
])
def test_the_name_of_a_trade_is_that_trades_alone(name: str, sheet: str) -> None:
    form = gendered_forms(name)[0]
    assert [trade.id for trade in _trades()
            if any(form in gendered_forms(own) for own in (trade.title, *trade.also))] == [sheet]  # fmt: skip


@pytest.mark.parametrize("name", ["modiste", "Modistes / Modiste", "disc-jockey"])
def test_a_name_that_is_another_trades_title_is_an_error_with_its_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "metiers").mkdir()
    text = f"- id: costumier\n  title: Costumier\n  summary: Un métier.\n  rome: [L1502]\n  also: [{name}]\n"
    (tmp_path / "metiers" / "a.yml").write_text(text, encoding="utf-8")
    (error,) = map(str, check_content(tmp_path).errors)
    assert error.startswith("metiers/a.yml:5 (costumier) : ") and "est le titre d’un autre métier" in error


def test_titles_of_an_imported_nomenclature_count_instead_of_the_kept_ones(tmp_path: Path) -> None:
    (tmp_path / "metiers").mkdir()
    text = "- id: a\n  title: A\n  summary: Un métier.\n  rome: [L1502]\n  also: [modiste, brodeur de lune]\n"
    (tmp_path / "metiers" / "a.yml").write_text(text, encoding="utf-8")
    (error,) = check_content(tmp_path, titles={"brodeur de lune": frozenset({"B1802"})}).errors
    assert "« brodeur de lune » est le titre d’un autre métier (B1802)" in str(error)
