"""The distress patterns on the lists of data/distress and tests/safety, and on ordinary messages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from channels.safety.distress import Safety

ROOT = Path(__file__).parents[4]
# What the net learns from too, and what nothing has ever learnt from.
LISTS = {path.stem: path for folder in ("data/distress", "tests/safety") for path in (ROOT / folder).glob("*.yml")}
# Written after the patterns were frozen: these are for the net (test_hearing.py).
FOR_THE_NET = ("kinds", "tongues", "long", "between_lines", "lives", "blind")
LISTS = {
    name: path
    for name, path in LISTS.items()
    if not name.removeprefix("distress_").removeprefix("false_friends_").startswith(FOR_THE_NET)
}
WHO_SUFFERS = {"contrat_probleme"}  # real violence at work is filed under this theme of questions


def texts(name: str) -> list[str]:
    """The sentences of one list."""
    return [item["text"] for item in yaml.safe_load(LISTS[name].read_text("utf-8"))]


def training() -> list[tuple[str, str]]:
    """(theme or act, sentence) of every training example."""
    found = []
    for path in sorted((ROOT / "data" / "acts").glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8")).get("nlu") or []:
            lines = str(block.get("examples") or "").splitlines() if "intent" in block else []
            name = (block.get("metadata") or {}).get("theme") or block.get("intent")
            found += [(name, line.strip()[2:]) for line in lines if line.strip().startswith("- ")]
    return found


@pytest.fixture(scope="module")
def safety() -> Safety:
    return Safety()


@pytest.mark.parametrize("name", sorted(name for name in LISTS if name.startswith("distress_")))
def test_at_least_98_in_100_people_in_danger_are_found(safety: Safety, name: str) -> None:
    said = texts(name)
    missed = [text for text in said if safety.check(text) is None]
    assert len(missed) <= 0.02 * len(said), missed


@pytest.mark.parametrize("name", sorted(name for name in LISTS if name.startswith("false_friends_")))
def test_at_most_1_in_100_harmless_messages_raises_the_alarm(safety: Safety, name: str) -> None:
    said = texts(name)
    alarms = [text for text in said if safety.check(text) is not None]
    assert len(alarms) <= 0.01 * len(said), alarms


def test_ordinary_questions_raise_no_alarm_except_violence_at_work(safety: Safety) -> None:
    alarms = [(intent, text) for intent, text in training()
              if intent != "detresse" and intent not in WHO_SUFFERS and safety.check(text)]
    assert alarms == []


def test_distress_said_after_a_school_subject_is_not_hidden_by_it(safety: Safety) -> None:
    for text in ("dans ma formation je me fais harceler", "mon exposé est fini et mon père me frappe",
                 "j'ai un cours de philo sur le suicide et moi je veux mourir", "aidez-moi je suis en danger"):
        assert safety.check(text) is not None, text


def test_a_subject_alone_is_an_alarm_only_away_from_lessons_and_trades(safety: Safety) -> None:
    assert safety.check("harcèlement") is not None
    assert safety.check("harcèlement scolaire, quel est le rôle du CPE ?") is None
    assert safety.check("harcèlement scolaire, que fait le CPE ? ma fille en souffre") is not None
