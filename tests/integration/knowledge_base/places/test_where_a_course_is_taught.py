"""Where a course is taught, as the shipped tables know it."""

from __future__ import annotations

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.geo.place import Place


def place(shipped: KnowledgeBase, name: str) -> Place:
    found = shipped.find_place(name)
    assert found is not None, name
    return found


def test_the_nearest_place_comes_first_with_its_address_and_its_distance(shipped: KnowledgeBase) -> None:
    page = shipped.offers_of("formation/bts-communication", place(shipped, "Évreux"))
    first = page.hits[0]
    assert (first.site.commune, first.site.postcode, first.distance_km) == ("Évreux", "27000", 0.0)
    assert [hit.distance_km for hit in page.hits] == sorted(hit.distance_km or 0 for hit in page.hits)
    assert page.total >= len(page.hits)


def test_what_working_files_of_2022_say_is_to_be_confirmed(shipped: KnowledgeBase) -> None:
    page = shipped.offers_of("formation/cap-patissier", place(shipped, "Dieppe"))
    assert page.hits[0].note == "proposé en 2022, à confirmer auprès du lycée"
    assert page.hits[0].as_of.year == 2022


def test_nothing_in_the_departement_gives_the_nearest_anywhere(shipped: KnowledgeBase) -> None:
    page = shipped.offers_of("formation/bac-pro-aeronautique", place(shipped, "61"))
    assert page.hits == () and page.total == 0
    assert page.nearest[0].site.commune == "Le Havre"


def test_a_town_that_is_not_wanted_is_left_out(shipped: KnowledgeBase) -> None:
    caen = place(shipped, "Caen")
    page = shipped.offers_of("formation/licence-staps", caen, away_from=[caen])
    assert all(hit.site.commune != "Caen" for hit in (*page.hits, *page.nearest))
    assert page.nearest[0].site.commune == "Mont-Saint-Aignan"


def test_a_rhythm_keeps_only_the_places_that_teach_so(shipped: KnowledgeBase) -> None:
    page = shipped.offers_of("formation/bts-communication", place(shipped, "Rouen"), rhythm="apprentissage", limit=20)
    assert page.hits and all("apprentissage" in hit.rhythms for hit in page.hits)


def test_a_trade_is_taught_where_its_courses_are(shipped: KnowledgeBase) -> None:
    page = shipped.offers_of("metier/patissier", place(shipped, "Rouen"))
    assert any("pâtissier" in hit.course for hit in page.hits)


def test_a_boarding_house_that_no_source_tells_is_said_unknown(shipped: KnowledgeBase) -> None:
    page = shipped.offers_of("formation/cap-patissier", place(shipped, "Dieppe"), boarding=True)
    assert page.boarding_unknown and page.hits


def test_a_first_year_that_leads_to_a_diploma_stands_in_when_nothing_else_is_known(shipped: KnowledgeBase) -> None:
    page = shipped.offers_of("formation/bac-pro-agroequipement", place(shipped, "Sées"))
    assert page.hits[0].leads and page.hits[0].course.startswith("2de pro agricole")


@pytest.mark.parametrize(
    ("town", "level", "course"), [("L'Aigle", "bac pro", "Bac pro"), ("Flers", "BTS", "BTS"), ("Vire", "CAP", "CAP")]
)
def test_what_there_is_of_a_level_at_a_place(shipped: KnowledgeBase, town: str, level: str, course: str) -> None:
    page = shipped.places_at(place(shipped, town), level=level)
    assert page.hits and any(offer.course.startswith(course) for hit in page.hits for offer in hit.offers)


def test_lycees_that_teach_a_speciality_are_found_by_its_initials(shipped: KnowledgeBase) -> None:
    page = shipped.places_at(place(shipped, "Dieppe"), words="NSI")
    assert "numérique et sciences informatiques" in page.hits[0].offers[0].detail


def test_who_recruits_comes_with_its_area_and_its_year(shipped: KnowledgeBase) -> None:
    found = shipped.recruiting(place(shipped, "Caen"), "G1602")
    assert (found[0].area, found[0].job, found[0].year) == ("bassin de Caen", "Cuisiniers", 2025)
    assert found[0].projects and found[0].hard_share


def test_who_recruits_in_a_departement_is_added_up(shipped: KnowledgeBase) -> None:
    whole = shipped.recruiting(place(shipped, "27"), "J1501")[0]
    evreux = shipped.recruiting(place(shipped, "Évreux"), "J1501")[0]
    assert whole.area == "Eure" and (whole.projects or 0) > (evreux.projects or 0)
