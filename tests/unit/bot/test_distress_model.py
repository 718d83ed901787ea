"""The net under the patterns: one clause is enough, a figure of speech is not, and a saved net is the same net."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.language.digest import folder_digest
from bot.language.distress_lists import FOLDER, read_lists
from bot.understanding.distress_model import DistressModel
from bot.understanding.pieces import pieces
from tests.unit.bot.typed import typed

ROOT = Path(__file__).resolve().parents[3]
DISTRESS = ["mon père me frappe tous les soirs", "ma mère me frappe", "on me frappe chez moi tous les soirs",
            "il me frappe et j'ai peur", "elle me frappe le soir"] * 2
HARMLESS = ["je frappe à la bonne porte pour un stage", "quel salaire pour un boulanger tous les jours",
            "je cherche un stage à Caen", "mon père est boulanger", "ma mère cherche une formation le soir",
            "on travaille le soir chez vous"] * 2


def _read(texts: list[str]) -> list[list[str]]:
    return [pieces(typed(text)) for text in texts]


@pytest.fixture(scope="module")
def net() -> DistressModel:
    return DistressModel.trained(_read(DISTRESS), _read(HARMLESS))


def test_one_clause_of_distress_in_a_long_question_is_heard(net: DistressModel) -> None:
    calm, told = _read(["je cherche un stage à Caen pour être boulanger, quel salaire le soir ?",
                        "je cherche un stage à Caen pour être boulanger, mon père me frappe, quel salaire le soir ?"])
    assert net.probability(calm) < 0.5 < net.probability(told)


def test_a_word_of_distress_in_a_figure_of_speech_is_not(net: DistressModel) -> None:
    assert net.probability(_read(["je frappe à la bonne porte"])[0]) < 0.5


def test_a_saved_net_answers_as_before(net: DistressModel, tmp_path: Path) -> None:
    net.save(tmp_path)
    again = DistressModel.load(tmp_path)
    for message in _read([*DISTRESS[:5], *HARMLESS[:6], "tout autre chose"]):
        assert again.probability(message) == pytest.approx(net.probability(message), abs=1e-4)
    assert not list(tmp_path.glob("*.pkl"))


def test_one_message_is_scored_as_its_matrix_would_be(net: DistressModel) -> None:
    for message in _read(DISTRESS[:3] + HARMLESS[:3]):
        assert net.probability(message) == pytest.approx(float(net._shares(net.matrix(message)).max()), abs=1e-6)


def test_a_message_without_words_tells_and_teaches_nothing(net: DistressModel) -> None:
    assert net.probability([]) == 0.0
    again = DistressModel.trained([[], *_read(DISTRESS), []], [*_read(HARMLESS), []])
    assert np.array_equal(again.coefficients, net.coefficients)


def test_the_committed_figures_are_those_of_the_shipped_lists() -> None:
    figures = json.loads((ROOT / "docs" / "nlu" / "distress.json").read_text(encoding="utf-8"))
    assert figures["lists_digest"] == folder_digest(FOLDER), "make eval-distress, and commit docs/nlu/distress.json"
    assert figures["ordinary"]["false_alarms"]["0.7"] <= 0.01
    assert min(found["heard"]["0.5"] for found in figures["lists"].values()) >= 0.7


def test_the_shipped_lists_are_many_and_their_digest_follows_them(tmp_path: Path) -> None:
    lists = read_lists()
    assert sum(map(len, lists.distress.values())) >= 1500
    assert sum(map(len, lists.harmless.values())) >= 1500
    (tmp_path / "distress_x.yml").write_text('- {text: "au secours"}\n', encoding="utf-8")
    before = folder_digest(tmp_path)
    (tmp_path / "distress_x.yml").write_text('- {text: "aidez-moi"}\n', encoding="utf-8")
    assert folder_digest(tmp_path) != before
    assert read_lists(tmp_path).distress == {"x": ["aidez-moi"]}
