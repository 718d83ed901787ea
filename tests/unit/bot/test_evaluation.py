"""The figures of the evaluation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.evaluation.scores import Prediction, as_acts, per_intent, worst_errors
from bot.evaluation.sentences import Sentence, SentencesError, read_folder, read_training, without_near_duplicates


def predicted(intent: str, *ranking: tuple[str, float]) -> Prediction:
    return Prediction(Sentence("texte", intent, "voix"), ranking)


SURE_RIGHT = predicted("question", ("question", 0.9), ("explorer", 0.1))
SURE_WRONG = predicted("explorer", ("question", 0.8), ("explorer", 0.2))
MISSED = predicted("question", ("bavardage", 0.6), ("question", 0.3))
OUTSIDE_CAUGHT = predicted("hors_sujet", ("hors_sujet", 0.9), ("question", 0.1))
OUTSIDE_ANSWERED = predicted("hors_sujet", ("question", 0.9), ("hors_sujet", 0.1))


def test_questions_and_other_acts_are_counted_apart() -> None:
    figures = as_acts([SURE_RIGHT, MISSED, SURE_WRONG, OUTSIDE_CAUGHT])
    assert (figures["questions"], figures["questions_taken_for_one"], figures["other_acts_heard"]) == (2, 0.5, 0.5)


def test_out_of_scope_counts_as_turned_away_when_it_gets_a_polite_limit() -> None:
    assert as_acts([OUTSIDE_CAUGHT, OUTSIDE_ANSWERED])["out_of_scope_turned_away"] == 0.5


def test_f1_is_one_for_an_intent_that_is_always_and_only_found() -> None:
    assert per_intent([OUTSIDE_CAUGHT, SURE_RIGHT])["question"]["f1"] == 1.0


def test_the_worst_error_is_the_surest() -> None:
    assert worst_errors([MISSED, SURE_WRONG, OUTSIDE_ANSWERED])[0]["confidence"] == 0.9


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


def test_the_lessons_beside_the_sentences_are_learnt_from_with_the_act_of_their_scope(tmp_path: Path) -> None:
    acts, questions = tmp_path / "acts", tmp_path / "questions"
    acts.mkdir()
    (acts / "a.yml").write_text("- {text: bonjour, intent: salutation}\n", encoding="utf-8")
    assert len(read_training(acts)) == 1
    questions.mkdir()
    rows = [{"message": "c quoi\n la VAE", "scope": "in"}, {"message": "rappelez moi", "scope": "person"},
            {"message": "la pluie", "scope": "out"}]
    (questions / "lessons.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [(s.text, s.intent) for s in read_training(acts)[1:]] == [
        ("c quoi la VAE", "question"), ("rappelez moi", "demander_conseiller"), ("la pluie", "hors_sujet")]
