"""The acts: a closed list, one rule and one action each; a doubtful one is a question."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.lessons import ACT_OF_SCOPE
from bot.understanding.acts import QUESTION, SURE_ENOUGH, doubtful_is_question

ROOT = Path(__file__).resolve().parents[3]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
RULES = yaml.safe_load((ROOT / "data" / "rules" / "actes.yml").read_text(encoding="utf-8"))["rules"]


def test_every_act_has_one_rule_and_one_action_of_its_name() -> None:
    assert sorted(rule["steps"][0]["intent"] for rule in RULES) == sorted(DOMAIN["intents"])
    assert [rule for rule in RULES if rule["steps"] != [{"intent": rule["rule"]}, {"action": f"action_{rule['rule']}"}]] == []
    assert DOMAIN["actions"] == [f"action_{act}" for act in DOMAIN["intents"]]


def test_no_slot_chooses_the_next_action() -> None:
    wanted = {"influence_conversation": False, "mappings": [{"type": "custom"}]}
    assert [name for name, slot in DOMAIN["slots"].items() if {key: slot[key] for key in wanted} != wanted] == []


def test_a_question_and_the_acts_of_the_lessons_are_on_the_list() -> None:
    assert {QUESTION, *ACT_OF_SCOPE.values()} <= set(DOMAIN["intents"])


@pytest.mark.parametrize(("share", "first"), [(SURE_ENOUGH + 0.01, "bavardage"), (SURE_ENOUGH - 0.01, "question")])
def test_a_doubtful_act_is_a_question(share: float, first: str) -> None:
    ranking = doubtful_is_question([("bavardage", share), ("salutation", 0.2), ("question", 0.1)])
    assert ranking[0][0] == first
    assert {name for name, _ in ranking} == {"bavardage", "salutation", "question"}


def test_labels_of_somebody_else_keep_their_order_however_doubtful() -> None:
    assert doubtful_is_question([("pay", 0.2), ("hiring", 0.1)]) == [("pay", 0.2), ("hiring", 0.1)]
