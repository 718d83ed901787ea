"""Read aloud by a machine, it must sound like a person: no address, numbers and acronyms as they are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.phone.spoken import PAGE, pages, say_acronym, say_phone, spoken


@pytest.mark.parametrize(("written", "said"), [
    ("Un CAP, un BTS ou un BUT.", "Un C A P, un B T S ou un B U T."),
    ("L'EPIDE et l'E2C", "L'épide et l'E deux C"),
    ("Appelez le 3114 ou le 119.", "Appelez le 31 14 ou le 119."),
    ("le 3919, gratuit", "le 39 19, gratuit"),
    ("en 2026, 3000 places", "en 2026, 3000 places"),
    ("1 850,50 € par mois", "1850 euros 50 par mois"),
    ("1 850 € brut, soit 20 %", "1850 euros brut, soit 20 pour cent"),
    ("de 9 h à 12 h 30", "de 9 heures à 12 heures 30"), ("à 1h", "à 1 heure"),
    ("après la 3e ou la 2de, en Tle", "après la troisième ou la seconde, en terminale"),
    ("Coiffeur / Coiffeuse (D1202)", "Coiffeur ou Coiffeuse"),
    ("Voir https://www.exemple.fr/page?x=1.", "Voir le site exemple."),
    ("sur parcoursup.fr : vos vœux", "sur le site parcoursup : vos vœux"),
    ("(pole-emploi.fr) Voilà", "Voilà"),
    ("seulement sur moncompteformation.gouv.fr.", "seulement sur le site moncompteformation."),
    ("« oui »\n\n- un\n- deux", "oui. un. deux"),
    ("le n° 3", "le numéro 3"), ("écrire à contact@exemple.fr", "écrire à"),
    ("Appelez le 0 800 05 00 00.", "Appelez le zéro, 800, zéro 5, zéro zéro, zéro zéro."),
    ("un métier – deux métiers ; trois", "un métier, deux métiers, trois"),
    ("le Greta (GRETA)", "le Greta"), ("un CAP (certificat d'aptitude).", "un C A P, certificat d'aptitude."),
    ("BTS (brevet) : deux ans", "B T S, brevet : deux ans"),
    ("C'est passé. (Demandez-nous.) Merci", "C'est passé. Demandez-nous. Merci"),
    ("opérateur/opératrice, pont/machine", "opérateur ou opératrice, pont ou machine"),
    ("pour les 16-25 ans, en 2024-2025, de 16/18 ans", "pour les 16 à 25 ans, en 2024 2025, de 16 à 18 ans"),
    ("24h/24, 7j/7", "24 heures sur 24, 7 jours sur 7"),
    ("gratuit 24 h/24 et 7 j/7", "gratuit 24 heures sur 24 et 7 jours sur 7"),
    ("inscrit(e)s, motivé·es", "inscrits, motivé"), ("Animateur 2D-3D", "Animateur 2 D-3 D"),
    ("1 rue d'Anjou, 50130 Cherbourg", "1 rue d'Anjou, Cherbourg"), ("Des métiers :\n1. Vétérinaire\n2. Apiculteur",
                                                                   "Des métiers : 1. Vétérinaire. 2. Apiculteur"),
    ("d'art… à temps plein", "d'art, à temps plein"), ("apprentissage… Un conseiller", "apprentissage. Un conseiller"),
    ("Trois ans. (Source : Onisep, consulté le 3 mars 2026.)", "Trois ans."),
    ("la 2e, la 3e année", "la deuxième, la troisième année"),
    ("Trois ans. (Sources : ROME (version 4), Certif Info, le 3 mars 2026.)\nOui.", "Trois ans. Oui."),
    ("Le STI2D et la GPME", "Le S T I 2 D et la G P M E"),
])
def test_a_written_text_is_said_as_people_say_it(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(("acronym", "said"), [("VAE", "V A E"), ("MDPH", "M D P H"), ("ONISEP", "onisep"), ("XYZ", "X Y Z"),
                                               ("SAMU", "Samu"), ("BTP", "B T P")])
def test_acronyms_are_spelled_or_read(acronym: str, said: str) -> None:
    assert say_acronym(acronym) == said


def test_a_telephone_number_is_dictated_by_pairs() -> None:
    assert say_phone("02 31 00 05 10") == "zéro 2, 31, zéro zéro, zéro 5, 10"
    assert say_phone("+33 6 12 34 56 78") == "zéro 6, 12, 34, 56, 78"


def test_a_long_answer_is_said_in_pages_of_half_a_minute() -> None:
    text = " ".join(f"Phrase numéro {number}, assez longue pour compter." for number in range(30))
    found = pages(text)
    assert " ".join(found) == text
    assert all(len(page) <= PAGE for page in found)


@given(st.text(max_size=300))
def test_anything_can_be_said(text: str) -> None:
    assert "exemple.fr/a" not in spoken(f"{text} https://exemple.fr/a")
