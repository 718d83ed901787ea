"""Every row of product.md's table: the sheet that answers, who is reached, and what the advisor is told it is about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.dialogues.desk import Desk
from tests.dialogues.people import Answer, WebCitizen
from tests.stack import Stack

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "table.yml").read_text(encoding="utf-8"))
# Rows that are no question an advisor would be told about: small talk, limits, and what the service says of itself.
NOTHING_ASKED = {32, 33}
PERSON = "Parler à un conseiller"


@pytest.fixture(scope="module")
def desk(stack: Stack) -> Desk:
    """Somebody who reads the cases."""
    return Desk.of(stack, "table@exemple.fr")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['ligne']}: {row['dit']}")
def test_a_row_is_answered_and_reaches_the_right_person(stack: Stack, desk: Desk, row: dict[str, Any]) -> None:
    citizen = WebCitizen(stack.url)
    citizen.open()
    answer = citizen.say(row["dit"])
    assert _shows(answer, row.get("fiche")), citizen.transcript
    _reaches(answer, row, citizen.transcript)
    if row["ligne"] in NOTHING_ASKED:
        return
    if answer.mode != "queued":
        assert citizen.say("je veux parler à un conseiller").mode == "queued", citizen.transcript
    case = desk.newest()
    assert case["topic"] == row["ligne"], citizen.transcript
    assert case["urgency"] == ("detresse" if row["personne"] == 3 else "normale"), case


def test_no_row_is_forgotten() -> None:
    assert {row["ligne"] for row in ROWS} == set(range(1, 34))


def _shows(answer: Answer, sheet: str | None) -> bool:
    return sheet is None or any(f"{reference}/".startswith(f"{sheet}/") for reference in answer.references)


def _reaches(answer: Answer, row: dict[str, Any], transcript: str) -> None:
    """0: nobody is pushed; 1, 2: a person is one button away; 3: with the numbers, before all else; asked for: in the queue."""
    level, asked = row["personne"], row.get("demandee", False)
    assert answer.mode == ("queued" if level == 3 or asked else "bot"), transcript
    if level in (1, 2) and not asked:
        assert PERSON in answer.buttons, transcript
    if level == 3:
        assert answer.messages[0]["author"] == "system" and answer.text[:2] in {"31", "17", "15", "11"}, transcript
