"""The classifier: what it learns, how sure it is, and that a saved model is the same model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.understanding.calibration import best_temperature, expected_calibration_error, probabilities
from bot.understanding.intent_model import IntentModel, TrainingOptions

PAY = ["combien gagne un macon", "quel salaire pour un fleuriste", "ca paye bien boulanger", "salaire d une infirmiere"]
HIRING = ["ca recrute vers flers", "il y a du travail dans le bois", "on embauche des soudeurs",
    "les debouches pour un paysagiste"]
OPTIONS = TrainingOptions(folds=2)


@pytest.fixture(scope="module")
def model() -> IntentModel:
    return IntentModel.trained(PAY + HIRING, ["pay"] * 4 + ["hiring"] * 4, OPTIONS)


def test_a_trade_never_seen_is_understood_by_the_shape_of_the_question(model: IntentModel) -> None:
    assert model.ranking("combien touche un scaphandrier")[0][0] == "pay"
    assert model.ranking("on recrute des grutiers a caen")[0][0] == "hiring"


def test_probabilities_of_a_message_add_up_to_one(model: IntentModel) -> None:
    assert sum(share for _, share in model.ranking("bonjour")) == pytest.approx(1.0)


def test_a_saved_model_answers_as_before(model: IntentModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = IntentModel.load(tmp_path)
    assert again.ranking("combien gagne un macon")[0][0] == "pay"
    texts = [*PAY, "bonjour", "autre chose", ""]
    assert np.allclose(again.probabilities(texts), model.probabilities(texts), atol=1e-4)
    assert not list(tmp_path.glob("*.pkl"))


def test_one_message_is_scored_like_many(model: IntentModel) -> None:
    for text, row in zip([*PAY, "bonjour", ""], model.probabilities([*PAY, "bonjour", ""]), strict=True):
        assert [share for _, share in model.ranking(text)] == pytest.approx(sorted(row, reverse=True), abs=1e-5)


def test_a_vector_made_elsewhere_is_used_instead_of_encoding_again(model: IntentModel, monkeypatch: pytest.MonkeyPatch) -> None:
    vector = model.features.read([PAY[0]])[0].vector
    expected = model.ranking(PAY[0])
    monkeypatch.setattr("bot.understanding.features.shipped_encoder", None)
    assert dict(model.ranking(PAY[0], vector)) == pytest.approx(dict(expected))


def test_training_twice_gives_the_same_model(model: IntentModel) -> None:
    again = IntentModel.trained(PAY + HIRING, ["pay"] * 4 + ["hiring"] * 4, OPTIONS)
    assert np.array_equal(again.margins(PAY), model.margins(PAY))


def test_the_temperature_never_changes_the_order_of_the_candidates() -> None:
    margins = np.array([[0.3, -0.2, 0.1]])
    for temperature in (0.05, 0.5, 2.0):
        assert list(np.argsort(-probabilities(margins, temperature)[0])) == [0, 2, 1]


def test_confident_mistakes_make_the_temperature_rise() -> None:
    sure = np.tile([1.0, -1.0], (20, 1))
    mostly_right, often_wrong = np.zeros(20, dtype=int), np.array([0] * 12 + [1] * 8)
    assert best_temperature(sure, often_wrong) > best_temperature(sure, mostly_right)


def test_the_calibration_error_is_zero_when_confidence_tells_the_truth() -> None:
    assert expected_calibration_error(np.full(10, 0.8), np.array([1.0] * 8 + [0.0] * 2)) == pytest.approx(0.0)
    assert expected_calibration_error(np.full(10, 0.9), np.zeros(10)) == pytest.approx(0.9)
