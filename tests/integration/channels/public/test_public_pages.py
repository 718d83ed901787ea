"""What anybody may read, as pages and as JSON."""

from __future__ import annotations

from html.parser import HTMLParser

import httpx
import pytest

from tests.fixtures.html_checker import html_faults

PAGES = ["/lieux?fiche=formation/bts-banque&pres=Dieppe", "/lieux/uai-0140014p",
         "/", "/chat", "/fiches", "/fiches?q=apprentissage", "/fiches/dispositif/apprentissage", "/donnees", "/accessibilite"]


class _Tags(HTMLParser):
    """The tags of a page with their attributes, and the text inside scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def _tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(html)
    return parser.tags


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_script_or_style_and_its_policy_forbids_them(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for tag, attributes in _tags(answer.text):
        assert tag != "style" and "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "script" or (attributes.get("src") or "").startswith("/")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_a_page_comes_from_elsewhere(site: httpx.Client, path: str) -> None:
    for tag, attributes in _tags(site.get(path).text):
        address = attributes.get("src") or (attributes.get("href") if tag == "link" else None)
        assert address is None or address.startswith("/")


def test_the_demonstration_page_says_what_it_is_and_shows_no_state_branding(site: httpx.Client) -> None:
    text = site.get("/").text
    assert "Page de démonstration" in text and "exemple" in text
    assert not any(word in text for word in ("Marianne", "dsfr", "République"))


def test_the_helpline_number_comes_from_the_settings(site: httpx.Client) -> None:
    assert 'href="tel:0800050000"' in site.get("/").text


def test_the_page_of_a_merged_sheet_leads_to_the_one_it_joined(site: httpx.Client) -> None:
    moved = site.get("/fiches/terme/cpf-terme")
    assert (moved.status_code, moved.headers["location"]) == (301, "/fiches/dispositif/cpf")


def test_the_api_gives_the_sheet_that_a_merged_one_joined(site: httpx.Client) -> None:
    sheet = site.get("/api/kb/terme/cpf-terme").json()
    assert (sheet["kind"], sheet["id"]) == ("dispositif", "cpf")


def test_a_sheet_says_its_source_or_that_it_is_to_be_checked(site: httpx.Client) -> None:
    sourced = site.get("/fiches/dispositif/apprentissage").text
    assert "lue le" in sourced and "à vérifier par l’agence" not in sourced
    hits = site.get("/api/kb/search", params={"q": "apprentissage", "limit": 50}).json()["results"]
    unsourced = next(hit for hit in hits if hit["source"] is None)
    assert "à vérifier par l’agence" in site.get(unsourced["url"]).text


def test_a_sheet_that_does_not_exist_offers_to_search(site: httpx.Client) -> None:
    answer = site.get("/fiches/metier/nulle-part")
    assert answer.status_code == 404 and "Chercher" in answer.text


def test_the_page_of_data_says_the_periods_that_the_purge_applies(site: httpx.Client) -> None:
    text = site.get("/donnees").text
    assert "90 jours" in text and "400 jours" in text and "3 ans" in text and "Effacer" in text


def test_search_answers_as_the_contract_writes_it(site: httpx.Client) -> None:
    page = site.get("/api/kb/search", params={"q": "aprentissage", "limit": 3}).json()
    assert set(page) == {"query", "total", "results"} and page["query"] == "aprentissage"
    assert 1 <= len(page["results"]) <= 3
    first = page["results"][0]
    assert {"kind", "id", "title", "score", "rome", "url", "source"} <= set(first)
    assert isinstance(first["rome"], list) and 0 < first["score"] <= 1
    assert first["url"] == f"/fiches/{first['kind']}/{first['id']}"


def test_a_sheet_is_given_whole(site: httpx.Client) -> None:
    sheet = site.get("/api/kb/dispositif/apprentissage").json()
    assert sheet["id"] == "apprentissage" and sheet["source"]["collected_on"] and sheet["sections"][0]["heading"]


@pytest.mark.parametrize(("query", "status"), [("", 422), ("?q=", 422), ("?q=a&limit=0", 422), ("?q=a&kind=inconnu", 422),
                                               ("?q=a&radius_km=-1", 422), ("?q=" + "a" * 301, 422)])
def test_a_search_that_makes_no_sense_is_refused_in_french(site: httpx.Client, query: str, status: int) -> None:
    answer = site.get(f"/api/kb/search{query}")
    assert answer.status_code == status and answer.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/api/kb/metier/nulle-part", "/api/kb/inconnu/x", "/fiches/evenement/nulle-part.ics"])
def test_what_is_not_there_is_not_found(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404 and answer.json()["error"]["code"] == "not_found"


def test_what_people_search_for_is_escaped(site: httpx.Client) -> None:
    text = site.get("/fiches", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in text and "&lt;script&gt;" in text


@pytest.mark.parametrize("path", ["/nulle-part", "/fiches/evenement/nulle-part.ics", "/public/nulle-part.css"])
def test_a_browser_that_goes_astray_gets_a_page_and_a_way_on(site: httpx.Client, path: str) -> None:
    answer = site.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 404 and answer.headers["content-type"].startswith("text/html")
    assert 'action="/fiches"' in answer.text and 'href="/chat"' in answer.text


def test_programs_get_json_whatever_they_say_they_accept(site: httpx.Client) -> None:
    answer = site.get("/api/kb/metier/nulle-part", headers={"Accept": "text/html"})
    assert answer.status_code == 404 and answer.json()["error"]["code"] == "not_found"


def test_every_page_is_valid_html(site: httpx.Client) -> None:
    kinds = ("metier/coiffeur", "formation/bts-banque", "aide/permis-de-conduire", "structure/mission-locale", "terme/cfa",
             "evenement/salon-de-l-etudiant", "service/cafe-des-parents")
    others = ("/fiches?q=zzzzzz", "/fiches/metier/nulle-part", "/lieux", "/lieux?fiche=formation/bts-banque", "/nulle-part")
    paths = [*PAGES, *others, *(f"/fiches/{kind}" for kind in kinds)]
    pages = {path: site.get(path, headers={"accept": "text/html"}, follow_redirects=True).text for path in paths}
    assert html_faults(pages) == []
