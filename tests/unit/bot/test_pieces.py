"""A message is read whole, clause by clause, and through windows when it is long."""

from __future__ import annotations

from bot.understanding.pieces import STEP, WINDOW, pieces
from tests.unit.bot.typed import typed


def _pieces(text: str) -> list[str]:
    return pieces(typed(text))


def test_a_short_message_is_one_piece() -> None:
    assert _pieces("et le salaire ?") == ["et le salaire ?", "le salaire"]
    assert _pieces("je veux un stage") == ["je veux un stage"]


def test_a_clause_at_the_end_of_a_question_stands_alone() -> None:
    assert "mon pere me tape" in _pieces("C'est combien un internat à Caen, mon père me tape")
    assert "je dors plus" in _pieces("je veux faire un cap mais je dors plus")


def test_every_word_of_a_long_message_is_in_some_window() -> None:
    words = [f"mot{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    found = _pieces(" ".join(words))[1:]
    assert all(len(piece.split()) <= WINDOW for piece in found)
    assert set(words) <= set(" ".join(found).split())
    assert len(found) == -(-(len(words) - WINDOW) // STEP) + 1


def test_nothing_said_has_no_piece() -> None:
    assert _pieces("") == []
