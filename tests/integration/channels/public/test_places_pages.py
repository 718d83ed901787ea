"""Where a course is taught, as pages and as JSON."""

from __future__ import annotations

import httpx


def test_the_places_of_a_course_are_listed_beside_their_map(site: httpx.Client) -> None:
    page = site.get("/lieux", params={"fiche": "formation/bts-communication", "pres": "Évreux"}).text
    assert "commune demandée : Évreux" in page and '<svg class="map"' in page
    assert page.index("27000 Évreux (sur place)") < page.index("76000 Rouen")
    assert "places ouvertes en 2024, à confirmer" in page


def test_the_notice_of_an_open_database_is_shown_with_its_facts(site: httpx.Client) -> None:
    page = site.get("/lieux", params={"fiche": "formation/bac-general", "pres": "Dieppe"}).text
    assert "Contient des informations de l’Onisep, mises à disposition sous licence ODbL 1.0." in page


def test_a_place_has_its_page_with_ways_to_reach_it(site: httpx.Client) -> None:
    page = site.get("/lieux/uai-0140014p").text
    assert "77 rue Eustache Restout, 14000 Caen" in page and 'href="geo:49.1' in page and "Ce qu’on y apprend" in page


def test_a_course_without_a_known_place_says_so(site: httpx.Client) -> None:
    assert "ne disent aucun lieu de Normandie" in site.get("/lieux", params={"fiche": "formation/pilote-de-ligne"}).text


def test_the_places_of_a_sheet_that_does_not_exist_are_not_found(site: httpx.Client) -> None:
    assert site.get("/lieux", params={"fiche": "formation/inconnue"}).status_code == 404
    assert site.get("/lieux/uai-9999999z").status_code == 404


def test_the_page_of_a_course_leads_to_its_places(site: httpx.Client) -> None:
    assert "/lieux?fiche=formation/bts-communication" in site.get("/fiches/formation/bts-communication").text


def test_offers_are_found_as_places_with_their_course(site: httpx.Client) -> None:
    answer = site.get("/api/kb/search", params={"q": "bts communication", "kind": "offre", "near": "Évreux"}).json()
    first = answer["results"][0]
    assert (first["kind"], first["level"], first["id"]) == ("formation", "offre", "bts-communication")
    assert first["place"]["commune"] == "Évreux" and first["distance_km"] == 0.0
    assert first["offer"] == {"sheet": "formation/bts-communication", "rhythm": ["apprentissage"], "as_of": "2024-01-01"}


def test_the_number_of_an_establishment_finds_what_it_offers(site: httpx.Client) -> None:
    results = site.get("/api/kb/search", params={"q": "0140014P", "kind": "offre"}).json()["results"]
    assert results and all(result["place"]["name"].endswith("Augustin Fresnel") for result in results)
