"""What holds in an SMS or in one breath."""

from __future__ import annotations

from actions.compose import fitting, shorten


def test_whole_answers_are_said_as_long_as_they_hold() -> None:
    assert fitting(["Deux ans.", "Autour du Smic.", "Oui, le samedi."], 26) == "Deux ans. Autour du Smic."
    assert fitting(["Deux ans."], 300) == "Deux ans." and fitting([], 300) == ""


def test_an_answer_alone_too_long_ends_with_a_sentence() -> None:
    assert fitting(["Il faut un CAP. On le prépare au lycée.", "Non, jamais."], 25) == "Il faut un CAP."
    assert shorten("Il faut un CAP. On le prépare au lycée.", 25) == "Il faut un CAP."
