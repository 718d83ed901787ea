"""The figures of the evaluation."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evaluation.scores import Prediction, at_threshold, per_intent, worst_errors
from bot.evaluation.sentences import Sentence, SentencesError, read_folder, without_near_duplicates


def predicted(intent: str, *ranking: tuple[str, float]) -> Prediction:
    return Prediction(Sentence("texte", intent, "voix"), ranking)


SURE_RIGHT = predicted("metier_salaire", ("metier_salaire", 0.9), ("aides", 0.1))
SURE_WRONG = predicted("aides", ("metier_salaire", 0.8), ("aides", 0.2))
UNSURE = predicted("vae", ("vae", 0.25), ("aides", 0.2))
OUTSIDE_CAUGHT = predicted("hors_sujet", ("hors_sujet", 0.9), ("vae", 0.1))
OUTSIDE_ANSWERED = predicted("hors_sujet", ("vae", 0.9), ("hors_sujet", 0.1))


def test_an_unsure_message_is_neither_answered_nor_counted_as_wrong() -> None:
    figures = at_threshold([SURE_RIGHT, SURE_WRONG, UNSURE], threshold=0.3, ambiguity=0.0)
    assert (figures["in_scope_answered"], figures["answered_rightly"]) == (pytest.approx(0.6667, abs=1e-3), 0.5)


def test_out_of_scope_counts_as_rejected_when_it_gets_no_answer_on_something_else() -> None:
    assert at_threshold([OUTSIDE_CAUGHT, OUTSIDE_ANSWERED], 0.3, 0.0)["out_of_scope_rejected"] == 0.5


def test_two_candidates_as_likely_as_each_other_are_not_answered() -> None:
    assert not predicted("a", ("a", 0.5), ("b", 0.48)).answered(0.3, 0.05)


def test_f1_is_one_for_an_intent_that_is_always_and_only_found() -> None:
    assert per_intent([OUTSIDE_CAUGHT, UNSURE])["vae"]["f1"] == 1.0


def test_the_worst_error_is_the_surest() -> None:
    assert worst_errors([UNSURE, SURE_WRONG, OUTSIDE_ANSWERED])[0]["confidence"] == 0.9


def test_near_duplicates_of_the_training_data_are_left_out() -> None:
    tested = [Sentence("Ça gagne combien, un couvreur ?", "a", "v"), Sentence("et le salaire d'un notaire", "a", "v")]
    kept, left_out = without_near_duplicates(tested, [Sentence("ca gagne combien un couvreur", "a", "t")])
    assert ([sentence.text for sentence in kept], left_out) == (["et le salaire d'un notaire"], 1)


def test_both_forms_of_files_are_read_and_anything_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text('nlu:\n- intent: vae\n  examples: |\n    - valider mes acquis\n', encoding="utf-8")
    (tmp_path / "b.yml").write_text("- {text: aide permis, intent: aides}\n", encoding="utf-8")
    assert [(s.text, s.intent, s.source) for s in read_folder(tmp_path)] == [("valider mes acquis", "vae", "a"),
        ("aide permis", "aides", "b")]
    (tmp_path / "c.yml").write_text("- autre\n", encoding="utf-8")
    with pytest.raises(SentencesError, match=r"c\.yml"):
        read_folder(tmp_path)
