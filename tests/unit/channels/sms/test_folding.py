"""Folding touches only what would double the price of an SMS."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.delivery.segments import is_gsm
from channels.sms.folding import fold, plain


@pytest.mark.parametrize(("written", "sent"), [
    ("Ça recrute à Évreux, été comme Noël", "Ça recrute à Évreux, été comme Noel"),
    ("un cœur, l’œuvre, Œuvre", "un coeur, l'oeuvre, OEuvre"), ("« oui »", '"oui"'), ("«\u202foui\u202f»", '"oui"'),
    ("3\u00a0000\u202f€", "3 000 €"), ("à bientôt…", "à bientot..."),
    ("reçu, où, forêt, île, naïf, août", "recu, où, foret, ile, naif, aout"),
    ("À Caen – 9 h", "A Caen - 9 h"), ("e\u0301te\u0301", "été"), ("le n° 3", "le no 3"),
])
def test_a_french_text_is_folded_where_gsm_has_no_letter(written: str, sent: str) -> None:
    assert fold(written) == sent


@pytest.mark.parametrize("text", ["été, à, où, Évreux, ü, ñ", "prix : 12 €", "[x] {y} ~"])
def test_what_gsm_holds_is_left_alone(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize("text", ["ça va 👍", "مرحبا ça", "привет"])
def test_a_text_that_stays_unicode_keeps_its_accents(text: str) -> None:
    assert fold(text) == text


@given(st.text(max_size=200))
def test_what_the_bot_says_is_always_gsm(text: str) -> None:
    assert is_gsm(plain(text))


@given(st.text(max_size=200))
def test_folding_never_fails_and_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcçâêëîïôûœŒÀÈÊ’«» …–éèàù1.,;:!?", max_size=200))
def test_french_always_goes_out_in_gsm(text: str) -> None:
    assert is_gsm(fold(text))
