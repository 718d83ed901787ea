"""Codes never reach the screen: whatever the service writes has a name in `labels.py`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import channels
from channels.case.service import OUTCOMES
from channels.console import labels
from channels.delivery.alerting import DISTRESS
from channels.store.models import Author, CallbackKind, CallbackState, CaseState, Mode, OutboxState, Urgency
from knowledge_base.kinds import KINDS

ROOT = Path(channels.__file__).parent
# Where each function takes the code of what it writes.
HISTORY = {"record": 2, "move": 4, "follow": 3, "note": 1}  # of transitions, and of a call's standings
JOURNAL = {"write_audit": 2, "look": 1}


def written(functions: dict[str, int], *folders: str) -> Iterator[str]:
    """The codes that are given as words to these functions."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(call, ast.Call) and (place := functions.get(_name(call))) is not None:
                    yield from (part.value for arg in call.args[place:place + 1] for part in _ends(arg))


def _name(call: ast.Call) -> str:
    if getattr(getattr(call.func, "value", None), "id", "") == "opt_outs":  # its `record` writes no history
        return ""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _ends(arg: ast.expr) -> list[ast.Constant]:
    """The words that the argument may be: itself, or either side of « a if … else b »."""
    sides = [arg.body, arg.orelse] if isinstance(arg, ast.IfExp) else [arg]
    return [side for side in sides if isinstance(side, ast.Constant) and isinstance(side.value, str)]


def test_every_line_of_a_history_has_a_name() -> None:
    found = set(written(HISTORY, "case", "conversation", "phone", "transcripts"))
    assert {"queued", "call_bridged", "woken"} <= found
    assert found - set(labels.EVENTS) == set()


def test_every_line_of_the_journal_has_a_name() -> None:
    found = set(written(JOURNAL, "."))
    assert {"login", "case_seen"} <= found
    assert found - set(labels.AUDIT) == set()


@pytest.mark.parametrize(("codes", "names"), [
    (CaseState, labels.STATES), (Urgency, labels.URGENCIES), (OUTCOMES, labels.OUTCOMES), (Author, labels.AUTHORS),
    (Mode, labels.MODES), (OutboxState, labels.DELIVERIES), (CallbackState, labels.CALLBACK_STATES),
    (CallbackKind, labels.CALLBACK_KINDS), (KINDS, labels.KINDS), ([DISTRESS], labels.ALERTS)])
def test_every_code_of_the_store_has_a_name(codes: object, names: dict[str, str]) -> None:
    assert {str(code) for code in codes} - set(names) == set()  # type: ignore[attr-defined]
