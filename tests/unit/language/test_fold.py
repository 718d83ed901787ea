"""Folding compares French words whatever their accents, ligatures, apostrophes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from language.fold import fold, fold_in_place, fold_words, is_elongated, shorten_runs


def test_accents_ligatures_and_apostrophes_fall() -> None:
    assert fold("Où ça, l’Évêché ? Œuvre") == "ou ca, l'eveche ? oeuvre"
    assert fold_words("L’Éducateur spécialisé, c'est… bac +2") == "l educateur specialise c est bac +2"


def test_decomposed_letters_fold_as_composed_ones() -> None:
    assert fold("e\u0301te\u0301") == fold("été") == "ete"


def test_drawn_out_letters_are_shortened() -> None:
    assert (
        shorten_runs("ouiiii") == "oui"
        and is_elongated("ouiiii")
        and not is_elongated("aller")
        and shorten_runs("www.x.fr") == "www.x.fr"
    )


@given(st.text(max_size=60))
def test_folding_in_place_keeps_the_length(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)


@given(st.text(max_size=60))
def test_folded_words_are_plain(text: str) -> None:
    assert set(fold_words(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789+ ")
