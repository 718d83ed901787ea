"""Verdicts are kept as given, and their figures count every reader."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.exchange import Exchange
from evaluation.panel.report import keep_panel, shown
from evaluation.panel.verdicts import panel_figures, read_verdicts, write_verdicts

ONE = Exchange("a", "a", 1, "web", "slt", [], [], [], "bot", 0.02, about={"group": "jeunes", "kind": "metier"})
PANEL = [ONE, replace(ONE, id="b", about={"group": "adultes"}), replace(ONE, id="c", channel="sms", about={"scope": "out"})]


def _reader(**verdicts: str) -> dict[str, dict[str, str]]:
    return {name: {"verdict": verdict, "note": ""} for name, verdict in verdicts.items()}


def test_what_was_given_is_read_again(tmp_path: Path) -> None:
    given = {"a": {"verdict": "HARM", "note": "un 115 sans raison"}, "b": {"verdict": "", "note": "à relire"}}
    write_verdicts(tmp_path / "v.jsonl", given)
    assert read_verdicts(tmp_path / "v.jsonl") == given


def test_a_verdict_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "v.jsonl").write_text('{"id": "a", "verdict": "BOF"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="ligne 1"):
        read_verdicts(tmp_path / "v.jsonl")


def test_out_of_scope_does_not_count_in_scope() -> None:
    figures = panel_figures(PANEL, [_reader(a="RIGHT", b="LOST", c="RIGHT")])
    assert (figures["all"]["RIGHT"]["of"], figures["in_scope"]["RIGHT"]["of"]) == (3, 2)
    assert figures["in_scope"]["RIGHT"]["share"] == 0.5 and figures["by_channel"]["sms"]["RIGHT"]["share"] == 1.0
    assert set(figures["by_group"]) == {"jeunes", "adultes"}


def test_two_readers_who_differ_count_half_each_and_are_told() -> None:
    figures = panel_figures(PANEL, [_reader(a="RIGHT", b="LOST"), _reader(a="PARTIAL", b="LOST")])
    assert figures["in_scope"]["RIGHT"]["hits"] == figures["in_scope"]["PARTIAL"]["hits"] == 0.5
    assert figures["agreement"]["share"] == 0.5 and figures["agreement"]["apart"] == {"a": ["RIGHT", "PARTIAL"]}
    assert figures["judged"] == 2 and figures["turns"] == 3


def test_a_group_without_verdict_is_a_dash(tmp_path: Path) -> None:
    figures = panel_figures(PANEL, [_reader(c="RIGHT")])
    assert shown(figures["in_scope"]["RIGHT"]) == "–"
    keep_panel("essai", "2026-11-30", figures, tmp_path)
    assert "| essai | 2026-11-30 | 1 | 1 | – | – |" in (tmp_path / "README.md").read_text(encoding="utf-8")
