"""Patterns and net together: the panel of 30 November 2026, ordinary messages, other tongues, an encoder that is down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from channels.safety.distress import shipped_safety
from channels.safety.evaluation import Line, numbers_of, read_tsv
from channels.safety.hearing import Ear, Level
from channels.safety.net import DistressNet
from channels.safety.pieces import IN_ALL, LONGEST, LONGEST_PIECE, MOST, pieces
from language.yml import read_yml
from parcours.training import ensure_net

ROOT = Path(__file__).parents[4]
PANEL = read_tsv(ROOT / "tests" / "safety" / "panel_distress.tsv")


@pytest.fixture(scope="session")
def ear() -> Ear:
    """The shipped patterns with the net of the current lists, trained once."""
    return Ear(shipped_safety(), DistressNet.load(ensure_net(ROOT / ".state")))


def due(grade: str) -> list[Line]:
    return [line for line in PANEL if line[0] != "none" and line[1] == grade]


@pytest.mark.parametrize(("grade", "share"), [("explicit", 0.98), ("indirect", 0.9), ("half-words", 0.85)])
def test_the_panel_is_heard_with_the_right_number(ear: Ear, grade: str, share: float) -> None:
    heard = [(line, ear.hear(line[2])) for line in due(grade)]
    missed = [line[2] for line, found in heard if found is None]
    wrong = [line[2] for line, found in heard if found is not None and not numbers_of(found) & set(line[0].split("|"))]
    assert len(missed) <= (1 - share) * len(heard), missed
    assert wrong == []


def test_the_panels_ordinary_and_tempting_messages_get_no_full_text(ear: Ear) -> None:
    rung = [line[2] for line in PANEL if line[0] == "none" and (heard := ear.hear(line[2])) is not None and heard.full]
    assert rung == []


def test_a_fifth_of_the_ordinary_messages_of_lives_gets_no_full_text_and_few_a_line(ear: Ear) -> None:
    assert_quiet(ear, ordinary()[::5])


@pytest.mark.soak
def test_no_ordinary_message_of_a_life_gets_the_full_text(ear: Ear) -> None:
    assert_quiet(ear, ordinary())


@pytest.mark.parametrize("letter", ["a", "b", "c"])
def test_the_blind_lists_once_learnt_are_heard_and_ring_for_nothing(ear: Ear, letter: str) -> None:
    told, calm = (listed(f"{kind}_blind_{letter}") for kind in ("distress", "false_friends"))
    missed = [text for text in told if ear.hear(text) is None]
    rung = [text for text in calm if (heard := ear.hear(text)) is not None and heard.full]
    assert len(missed) <= 0.03 * len(told), missed
    assert rung == []


@pytest.mark.parametrize(
    "text",
    [
        "ma prof principale me pousse en seconde générale mais moi je veux horticulture, c'est moi qui décide au final ?",
        "j'ai arrêté le lycée, ma mère me dit que je suis obligé de faire quelque chose jusqu'à 18 ans, je dois voir qui",
        "le DUT ça existe plus ?",
        "le DIMA ça existe encore ou ça existe plus, ma mère a entendu ça à la radio",
        "désosser, saigner, j'ai pas peur, je suis motivé pour la boucherie",
    ],
)
def test_what_a_panel_saw_rung_for_without_reason_is_quiet(ear: Ear, text: str) -> None:
    heard = ear.hear(text)
    assert heard is None or not heard.full
    assert ear.patterns.check(text) is None


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("je suis prof principale, une élève m'a dit que son père la frappe, je fais quoi", True),
        ("mon fils dit qu'il veut mourir, il est en seconde, on cherche un autre lycée", True),
        ("mon père me frappe, je suis élève de seconde", False),
    ],
)
def test_it_is_known_who_writes(ear: Ear, text: str, other: bool) -> None:
    heard = ear.hear(text)
    assert heard is not None
    assert heard.other is other


def test_a_question_without_signs_is_kept_apart_too(ear: Ear) -> None:
    heard = ear.hear("mon père me tape je cherche un internat vers Caen")
    assert heard is not None
    assert heard.rest == "je cherche un internat vers Caen"


def listed(name: str) -> list[str]:
    entries = read_yml((ROOT / "data" / "distress" / f"{name}.yml").read_text("utf-8"))
    return [str(entry["text"]) for entry in entries]


def ordinary() -> list[str]:
    lines = (ROOT / "data" / "questions" / "lessons.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["message"] for line in lines]


def assert_quiet(ear: Ear, messages: list[str]) -> None:
    heard = [(text, found) for text in messages if (found := ear.hear(text)) is not None]
    assert [text for text, found in heard if found.full] == []
    assert len(heard) <= 0.03 * len(messages)


@pytest.mark.parametrize(
    ("text", "tongue", "kind"),
    [
        ("i want to die", "en", "suicide"),
        ("my father beats me every night", "en", "enfant"),
        ("أريد أن أموت", "ar", "suicide"),
        ("زوجي يضربني", "ar", "couple"),
        ("bghit nmout", "ar", "suicide"),
        ("baba kaydrbni", "ar", "enfant"),
        ("Я хочу померти", "uk", "suicide"),
        ("мій батько б'є мене", "uk", "enfant"),
    ],
)
def test_plain_distress_in_other_tongues_gets_the_text_in_that_tongue(ear: Ear, text: str, tongue: str, kind: str) -> None:
    heard = ear.hear(text)
    assert heard is not None
    assert (heard.level, heard.tongue) == (Level.FULL, tongue)
    assert kind in heard.kinds


@pytest.mark.parametrize(
    "text",
    [
        "hello i am looking for a school to learn french",
        "I am a gardener from England, do I need a diploma to work in Normandy?",
        "أريد أن أصبح ممرضة",
        "salam bghit ndir formation f coiffure",
        "я хочу стати медсестрою",
        "мій чоловік шукає роботу",
    ],
)
def test_an_ordinary_question_in_those_tongues_gets_no_full_text(ear: Ear, text: str) -> None:
    heard = ear.hear(text)
    assert heard is None or not heard.full


def test_with_the_encoder_down_the_patterns_remain() -> None:
    def down(texts: object) -> object:
        raise MemoryError

    net = DistressNet.load(ensure_net(ROOT / ".state"))
    deaf = Ear(shipped_safety(), DistressNet(net.words, net.meaning, net.offsets, net.kinds, down))
    heard = deaf.hear("je veux mourir")
    assert heard is not None
    assert heard.full


def test_what_else_is_asked_is_kept_apart(ear: Ear) -> None:
    heard = ear.hear("je cherche un internat vers Caen, mon beau-père me frappe")
    assert heard is not None
    assert heard.rest == "je cherche un internat vers Caen"
    assert heard.words == "mon beau-père me frappe"


@pytest.mark.parametrize("text", ["je veux, " * 222, "me " * 666, "a" * 2000, "?!" * 1000, "mon pere me ma je le la " * 83,
                                  " ".join(f"mot{number:03d}" for number in range(285))])
def test_the_encoder_reads_a_bounded_part_of_a_message_whatever_it_holds(text: str) -> None:
    cut = pieces(text)
    assert len(cut) <= MOST
    assert len(cut[0]) <= LONGEST if cut else True
    assert all(len(piece) <= LONGEST_PIECE for piece in cut[1:]) and sum(map(len, cut)) <= IN_ALL
