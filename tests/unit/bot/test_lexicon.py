"""Normal forms of SMS spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.language.lexicon import LexiconError, SmsLexicon
from language.fold import fold, fold_in_place, shorten_runs

LEXICON = SmsLexicon.from_file()


@pytest.mark.parametrize(("typed", "meant"), [
    ("jve etre coiffeuse", "je veux etre coiffeuse"), ("c koi un ergo", "c'est quoi un ergotherapeute"),
    ("cmt fer", "comment faire"),
    ("kel taf", "quel travail"), ("merciiiii bcp", "merci beaucoup"), ("dc jpe pas", "donc je peux pas"),
    ("g 16 ans", "j'ai 16 ans"),
    ("jsui en term", "je suis en terminale"), ("alter ds le 76", "alternance dans le 76"), ("prépa", "prepa"),
    ("tt le msg", "tout le message"), ("cbi1 sa gagne", "combien ca gagne"),
    ("jveu alter apres la term", "je veux alternance apres la terminale"),
])
def test_sms_spelling_is_brought_to_normal_forms(typed: str, meant: str) -> None:
    assert " ".join(form for form in LEXICON.normal_forms(typed.split()) if form) == meant


def test_every_word_keeps_its_place_when_a_phrase_is_replaced() -> None:
    assert LEXICON.normal_forms(["c", "koi", "la", "VAE"]) == ["c'est quoi", "", "la", "vae"]


@pytest.mark.parametrize("common", ["je", "ce", "se", "me", "ma", "ta", "tes", "ses", "mes", "sa", "les", "le", "la",
    "de", "en", "ou", "sur"])
def test_common_french_words_are_not_taken_for_sms(common: str) -> None:
    assert LEXICON.normal_forms([common]) == [common]


def test_folding_removes_accents_capitals_and_typographic_apostrophes() -> None:
    assert fold("Où ça, l’Évêché, cœur ?") == "ou ca, l'eveche, coeur ?"


def test_folding_in_place_keeps_offsets_true() -> None:
    text = "Cœur à l’École, ½ tarif İstanbul"
    assert len(fold_in_place(text)) == len(text)


def test_long_runs_of_a_letter_are_shortened_but_double_letters_stay() -> None:
    assert (shorten_runs("ouiiii"), shorten_runs("elle"), shorten_runs("www.x")) == ("oui", "elle", "www.x")


def test_an_entry_that_stands_twice_is_reported(tmp_path: Path) -> None:
    wrong = tmp_path / "sms.yml"
    wrong.write_text("mots:\n  été: été\n  ete: saison\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="twice"):
        SmsLexicon.from_file(wrong)
