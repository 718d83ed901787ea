"""« au Havre », « des Andelys », « d'Évreux »."""

from __future__ import annotations

import pytest

from language.contractions import contracted


@pytest.mark.parametrize(("text", "said"), [
    ("à Le Havre", "au Havre"), ("À Le Havre", "Au Havre"), ("À 12 km de Le Havre", "À 12 km du Havre"),
    ("à Les Andelys", "aux Andelys"), ("De Les Andelys", "Des Andelys"), ("près de Évreux", "près d'Évreux"),
    ("à La Haye", "à La Haye"), ("de Caen", "de Caen"), ("dire à le faire", "dire à le faire"),
    ("le plan de ACCES", "le plan de ACCES"),
    ("là Le Havre", "là Le Havre")])
def test_a_name_is_joined_to_the_word_before_it(text: str, said: str) -> None:
    assert contracted(text) == said
