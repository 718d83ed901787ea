"""The distress patterns on our own lists: nobody in danger is missed, ordinary questions raise no alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.safety.distress import PatternFileError, Safety

LISTS = Path(__file__).parent / "lists"


def lines(name: str) -> list[str]:
    """The lines of a list, without remarks."""
    return [line for line in (LISTS / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def safety() -> Safety:
    return Safety()


def test_at_least_98_in_100_messages_of_distress_are_found(safety: Safety) -> None:
    said = [line.split("|", 1)[1].strip() for line in lines("distress.txt")]
    missed = [text for text in said if safety.check(text) is None]
    assert len(missed) <= 0.02 * len(said), missed


def test_at_most_1_in_100_false_friends_raises_the_alarm(safety: Safety) -> None:
    said = lines("false_friends.txt")
    alarms = [text for text in said if safety.check(text) is not None]
    assert len(alarms) <= 0.01 * len(said), alarms


def test_a_false_friend_hides_no_real_distress_beside_it(safety: Safety) -> None:
    found = safety.check("mort de rire... non en vrai je veux mourir")
    assert found is not None
    assert found.theme == "suicide"


@pytest.mark.parametrize("text", [
    "ma pote répond plus à mes messages, elle a pris des cachets", "mes parents m'enferment pas mais ils me frappent",
    "ma fille a disparu de la maison depuis hier soir", "je veux plus vivre chez ma mère, elle me tape",
    "le prof nous fait faire des trucs sexuels", "si tu parles au directeur je te retrouve et je te tue"])
def test_the_beginning_of_a_false_friend_is_no_false_friend(safety: Safety, text: str) -> None:
    assert safety.check(text) is not None


def test_a_cry_counts_at_the_end_of_a_message_and_not_before_what_it_is_about(safety: Safety) -> None:
    assert safety.check("je peux plus") is not None
    assert safety.check("je peux plus ouvrir mon compte") is None


@pytest.mark.parametrize("text", ["jme suis faite v!0ler", "il m'a v10lée", "je pense au su!c1de", "je pense au s.u.i.c.i.d.e"])
def test_signs_in_place_of_letters_hide_no_word(safety: Safety, text: str) -> None:
    assert safety.check(text) is not None


def test_an_exclamation_mark_without_a_space_still_parts_two_words(safety: Safety) -> None:
    assert safety.check("non!mon père me frappe") is not None
    assert safety.check("ok!je regarde le site") is None


def test_politeness_makes_no_message_longer(safety: Safety) -> None:
    assert safety.check("aidez moi vite s'il vous plaît") is not None


def test_a_pattern_that_cannot_be_used_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "cassé.yml").write_text("rang: 1\nphrases: [inconnue > moi]\n", "utf-8")
    with pytest.raises(PatternFileError, match="cassé"):
        Safety(tmp_path)


def test_an_idea_written_twice_is_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yml").write_text("coup: [frapper~]\n", "utf-8")
    with pytest.raises(PatternFileError, match="coup"):
        Safety(ideas=tmp_path)
