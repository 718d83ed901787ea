"""What is said of places: web, SMS and spoken, each complete by itself."""

from __future__ import annotations

from datetime import date

import pytest

from actions.places_reply import desk_lines, hiring_lines, place_lines, places_found
from actions.voice import Voice
from knowledge_base.geo.place import Place
from knowledge_base.places.credit import Credit
from knowledge_base.places.entities import Hiring, OfferHit, OfferPage, Site, SiteHit, SitePage

EVREUX = Place("Évreux", "27229", "commune", 49.02, 1.15, departement="27")
ORNE = Place("Orne", "61", "departement", 48.43, 0.09, departement="61")
ODBL = Credit("essai", "Un fichier", "l’Onisep", "ODbL 1.0", "", "Contient des informations de l’Onisep.")
SITE = Site("uai-1", "Lycée Un", "lycee", "1 rue Une", "27000", "Évreux", "27229", as_of=date(2026, 1, 1), boarding="internat")


def offer(number: int = 1, **facts: object) -> OfferHit:
    site = Site(f"uai-{number}", f"Lycée {number}", "lycee", f"{number} rue Une", "27000", "Évreux", as_of=date(2026, 1, 1))
    values: dict[str, object] = {"site": site, "course": "BTS banque", "sheet": "formation/bts-banque", "rhythms": ("initial",),
                                 "as_of": date(2025, 1, 1), "credit": ODBL, "distance_km": 12.0 * number}  # fmt: skip
    return OfferHit(**(values | facts))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def voice() -> Voice:
    return Voice.load()


def test_three_places_are_numbered_and_the_rest_is_announced(voice: Voice) -> None:
    page = OfferPage("formation/bts-banque", tuple(offer(number) for number in (1, 2, 3)), total=5, known=9, place_name="Évreux")
    said = place_lines(voice, page, "BTS banque", EVREUX)
    assert said.text.startswith("BTS banque : 5 lieux près d’Évreux.\n1. Lycée 1, 1 rue Une, 27000 Évreux (à 12 km)")
    assert "3. Lycée 3" in said.text and "2 autres : dites « suivant »." in said.text
    assert [site.name for site in said.numbered] == ["Lycée 1", "Lycée 2", "Lycée 3"] and said.left == 4


def test_the_notice_of_an_open_licence_is_said_once_with_the_year(voice: Voice) -> None:
    page = OfferPage("f", (offer(1), offer(2)), total=2, known=2)
    said = place_lines(voice, page, "BTS banque", EVREUX)
    assert said.text.count("Source : Un fichier (l’Onisep), 2025. Contient des informations de l’Onisep.") == 1


def test_an_sms_holds_one_place_its_town_first_and_counts_the_next(voice: Voice) -> None:
    page = OfferPage("f", (offer(1), offer(2), offer(3)), total=3, known=3)
    said = place_lines(voice, page, "BTS banque", EVREUX)
    assert said.sms == "BTS banque, près d’Évreux : Lycée 1, 1 rue Une, 27000 Évreux (à 12 km)." and said.left == 2
    assert len(said.sms) <= 300


def test_on_the_phone_one_place_is_said_at_a_time(voice: Voice) -> None:
    page = OfferPage("f", (offer(1), offer(2)), total=2, known=2)
    spoken = place_lines(voice, page, "BTS banque", EVREUX).spoken
    assert "à 12 kilomètres" in spoken and "Lycée 2" not in spoken and "http" not in spoken


def test_nothing_near_gives_the_nearest_anywhere_and_says_so(voice: Voice) -> None:
    page = OfferPage("f", nearest=(offer(9),), known=1, place_name="Orne")
    said = place_lines(voice, page, "BTS banque", ORNE)
    assert said.text.startswith("BTS banque : je n’en connais aucun dans l’Orne. Le plus proche :\n1. Lycée 9")


def test_nothing_known_is_said_honestly(voice: Voice) -> None:
    said = place_lines(voice, OfferPage("f"), "BTS banque", EVREUX)
    assert not said.known and "aucun lieu de Normandie n’est connu" in said.text and said.cards == []


def test_boarding_an_old_address_and_the_caveat_of_the_data_are_said(voice: Voice) -> None:
    site = Site("k", "Lycée Un", "lycee", "1 rue Une", "27000", "Évreux", boarding="internat", address_year=2019)
    page = OfferPage("f", (offer(1, site=site, note="proposé en 2022, à confirmer auprès du lycée"),), total=1, known=1)
    said = place_lines(voice, page, "BTS banque", EVREUX)
    for words in ("internat", "adresse de 2019, à vérifier", "proposé en 2022, à confirmer auprès du lycée"):
        assert words in said.text
    assert "adresse de 2019" in said.sms and "Adresse de 2019" in said.spoken


def test_an_unknown_boarding_house_is_said_unknown(voice: Voice) -> None:
    page = OfferPage("f", (offer(1),), total=1, known=1, boarding_unknown=True)
    assert "ne disent pas qui a un internat" in place_lines(voice, page, "BTS banque", EVREUX).text


def test_a_card_carries_its_place(voice: Voice) -> None:
    card = place_lines(voice, OfferPage("f", (offer(1),), total=1, known=1), "BTS banque", EVREUX).cards[0]
    assert (card["kind"], card["level"], card["id"]) == ("formation", "offre", "bts-banque")
    assert card["place"] == {"name": "Lycée 1", "address": "1 rue Une", "postcode": "27000", "commune": "Évreux",
                             "as_of": "2026-01-01", "distance_km": 12.0}  # fmt: skip


def test_what_there_is_at_a_place_lists_its_courses(voice: Voice) -> None:
    hit = SiteHit(SITE, 0.0, offers=(offer(1, course="Bac pro cuisine"), offer(2, course="Bac pro logistique")))
    said = places_found(voice, SitePage((hit,), 1, (), "Évreux"), "Bac pro", EVREUX)
    assert said.text.startswith("Bac pro à Évreux :\n1. Lycée Un, 1 rue Une, 27000 Évreux (sur place) ; internat ; Bac pro")


def test_the_desk_of_a_commune_is_told_from_the_nearest_one(voice: Voice) -> None:
    assert desk_lines(voice, [SiteHit(SITE, 3.0, covers=True)], EVREUX).text.startswith("Quand on habite à Évreux :")
    assert "le plus proche d’Évreux" in desk_lines(voice, [SiteHit(SITE, 3.0)], EVREUX).text


def test_recruitment_says_its_area_its_year_and_keeps_secrets(voice: Voice) -> None:
    secret = Hiring("x", "Notaires", 2025, None, None, None, ODBL)
    found = [Hiring("bassin de Flers", "Cuisiniers", 2025, 40, 30, 5, ODBL), secret]
    said = hiring_lines(voice, found)
    assert "Recrutements prévus en 2025, bassin de Flers" in said.text
    assert "Cuisiniers : 40 projets, 75 % jugés difficiles" in said.text and "Notaires : nombre gardé secret" in said.text
    assert not hiring_lines(voice, []).known


def test_when_few_are_near_the_next_ones_follow_as_further_away(voice: Voice) -> None:
    page = OfferPage("f", (offer(1),), total=1, known=2, nearest=(offer(8),), place_name="Évreux")
    said = place_lines(voice, page, "BTS banque", EVREUX)
    assert "\nPlus loin :\n2. Lycée 8" in said.text and said.left == 1
