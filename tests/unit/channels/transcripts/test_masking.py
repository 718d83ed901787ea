"""What must not be stored is taken out of a transcript first."""

from __future__ import annotations

import pytest

from channels.transcripts.masking import mask_line


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Mon numéro, c'est le 06 12 34 56 78.", "Mon numéro, c'est le [numéro]."),
        ("C'est le zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit.", "C'est le [numéro]."),
        ("Écrivez à lea.martin@exemple.fr", "Écrivez à [adresse e-mail]"),
        ("Je m'appelle Léa Martin, j'ai 16 ans.", "Je m'appelle [nom], j'ai 16 ans."),
        ("Bonjour madame Le Goff, je vous écoute.", "Bonjour madame [nom], je vous écoute."),
        ("Mon nom c'est Dupont.", "Mon nom c'est [nom]."),
        ("Je suis en dépression depuis mars.", "Je suis en [information sensible] depuis mars."),
        ("J'ai eu un cancer.", "J'ai eu un [information sensible]."),
        ("J'ai un ou deux diplômes, un CAP et un BTS.", "J'ai un ou deux diplômes, un CAP et un BTS."),
        ("J'ai une RQTH et je cherche une formation.", "J'ai une RQTH et je cherche une formation."),
        ("Madame, je voudrais savoir.", "Madame, je voudrais savoir."),
        ("bonjour je m'appelle léa martin et je cherche", "bonjour je m'appelle [nom] et je cherche"),
        ("mon fils s'appelle Théo Dupont, il a 15 ans", "mon fils s'appelle [nom], il a 15 ans"),
        ("je m'appelle léa je suis en terminale", "je m'appelle [nom] je suis en terminale"),
        ("Mon mail c'est lea point martin arobase exemple point com.", "Mon mail c'est [adresse e-mail]."),
        ("J'habite 12 rue des Lilas à Caen.", "J'habite [adresse] à Caen."),
        ("Le CIO est au 12 rue des Lilas.", "Le CIO est au 12 rue des Lilas."),
        ("Je suis née le 12 mars 2008.", "Je suis née le [date de naissance]."),
        ("Comment s'appelle ce diplôme ?", "Comment s'appelle ce diplôme ?"),
    ],
)
def test_numbers_names_and_sensitive_words_are_masked(said: str, kept: str) -> None:
    assert mask_line(said) == kept


def test_the_setting_chooses_what_is_masked() -> None:
    said = "Je m'appelle Léa, 06 12 34 56 78, dépression."
    assert mask_line(said, "numeros") == "Je m'appelle Léa, [numéro], dépression."
    assert mask_line(said, "") == said
