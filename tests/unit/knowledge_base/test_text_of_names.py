"""Folding and the two genders of a name."""

from __future__ import annotations

import pytest

from knowledge_base.text import fold, gendered_forms, sound


@pytest.mark.parametrize(
    ("title", "forms"),
    [
        ("Abatteur / Abatteuse de carrière", ("abatteur de carriere", "abatteuse de carriere")),
        ("Chef coiffeur / coiffeuse", ("chef coiffeur", "chef coiffeuse")),
        (
            "Directeur adjoint / Directrice adjointe de magasin",
            ("directeur adjoint de magasin", "directrice adjointe de magasin"),
        ),
        ("Chef de rayon boulangerie/pâtisserie", ("chef de rayon boulangerie patisserie",)),
        ("Valet / Femme de chambre", ("valet de chambre", "femme de chambre")),
        ("Plasturgiste (conducteur de machines)", ("plasturgiste",)),
    ],
)
def test_each_gender_of_a_name_carries_the_whole_name(title: str, forms: tuple[str, ...]) -> None:
    assert gendered_forms(title) == forms


def test_accents_apostrophes_and_ligatures_fold_away() -> None:
    assert fold("L’Œuvre d'ÉTÉ, bac +2 !") == "l oeuvre d ete bac +2"


def test_sms_spelling_sounds_like_the_name() -> None:
    assert sound("koifeur") == sound("coiffeur")
