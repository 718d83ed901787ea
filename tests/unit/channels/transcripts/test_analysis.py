"""From a call to what a case needs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from channels.transcripts.analysis import analyse, next_action, roles
from channels.transcripts.model import Line

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
CALL = roles(
    [
        Line("Parcours-Métiers bonjour, je vous écoute.", "SPEAKER_00"),
        Line("Bonjour, j'appelle pour ma fille. Elle a 15 ans. Elle voudrait être coiffeuse à Évreux.", "SPEAKER_01"),
        Line("Je cherche un CAP coiffure près de chez nous. Est-ce que ça recrute ?", "SPEAKER_01"),
        Line("Il y a plusieurs lycées. Je vous envoie la liste demain et je vous rappelle vendredi à 14 h.", "SPEAKER_00"),
    ]
)


def test_the_two_voices_are_told_apart_by_what_they_say() -> None:
    assert [line.speaker for line in CALL] == ["conseiller", "appelant", "appelant", "conseiller"]


def test_who_asks_what_and_what_was_promised_for_when() -> None:
    found = analyse(CALL, TUESDAY)
    assert (found.public, found.age) == ("parent", 15)
    assert found.questions == (
        "Bonjour, j'appelle pour ma fille.",
        "Je cherche un CAP coiffure près de chez nous.",
        "Est-ce que ça recrute ?",
    )
    assert [promise.day for promise in found.promises] == [date(2026, 11, 25)]
    assert "demain" in next_action(found) and "mercredi 25 novembre" in next_action(found)


def test_a_call_without_a_promise_asks_to_be_read_again_and_closed() -> None:
    found = analyse([Line("Merci, au revoir.", "appelant")], TUESDAY)
    assert found.public == "inconnu" and found.promises == ()
    assert "clore" in next_action(found)


def test_an_unknown_voice_counts_as_both() -> None:
    found = analyse([Line("C'est quoi la VAE ? Je vous rappelle lundi.", "")], TUESDAY)
    assert found.questions == ("C'est quoi la VAE ?",)
    assert found.promises[0].day == date(2026, 11, 30)


@pytest.mark.parametrize(("said", "day"), [
    ("Je vous rappelle avant vendredi.", date(2026, 11, 26)), ("Je vous rappelle d'ici vendredi.", date(2026, 11, 27)),
    ("Je vous rappelle après jeudi.", date(2026, 11, 27)), ("Je vous rappelle la semaine prochaine, mardi.", date(2026, 12, 1))])
def test_a_promise_before_a_day_is_not_of_that_day(said: str, day: date) -> None:
    (promise,) = analyse([Line(said, "conseiller")], TUESDAY).promises
    assert promise.day == day
