"""Every action of the domain exists, and every action is in the domain."""

from __future__ import annotations

from pathlib import Path

import yaml

from actions.catalogue import all_actions
from actions.runtime import Runtime
from tests.unit.actions.content import knowledge
from tests.unit.actions.talk import VOICE

ROOT = Path(__file__).parents[3]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))


def test_the_actions_are_those_of_the_domain() -> None:
    made = {action.name() for action in all_actions(Runtime(knowledge(), VOICE))}
    assert made == set(DOMAIN["actions"])


def test_every_intent_has_one_rule() -> None:
    rules = [
        rule for path in (ROOT / "data" / "rules").glob("*.yml") for rule in yaml.safe_load(path.read_text("utf-8"))["rules"]
    ]
    ruled = [step["intent"] for rule in rules for step in rule["steps"] if "intent" in step]
    assert sorted(ruled) == sorted(DOMAIN["intents"])


def test_no_slot_influences_what_happens_next() -> None:
    assert [name for name, slot in DOMAIN["slots"].items() if slot["influence_conversation"]] == []
