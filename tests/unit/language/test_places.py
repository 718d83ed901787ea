"""Places in a text, against names that are handed in."""

from __future__ import annotations

import pytest

from language.places import KnownPlace, PlaceNames, likeness
from language.reading import Names, read
from tests.unit.language.cases import cases

COMMUNES = {
    "Caen": 105_000,
    "Rouen": 110_000,
    "L'Aigle": 8_000,
    "Eu": 7_000,
    "Saint-Lô": 19_000,
    "Pont-l'Évêque": 4_000,
    "Cherbourg": 80_000,
    "Gacé": 1_800,
    "Orbec": 2_000,
    "Vimoutiers": 3_500,
    "Lisieux": 20_000,
    "Condé": 6_000,
    "Le Havre": 170_000,
    "Bayeux": 13_000,
}
DEPARTEMENTS = {"Orne": "61", "Calvados": "14", "Eure": "27", "Seine-Maritime": "76"}
PLACES = PlaceNames(
    {
        **{name: [KnownPlace(name, "commune", people)] for name, people in COMMUNES.items()},
        **{name: [KnownPlace(code, "departement")] for name, code in DEPARTEMENTS.items()},
    },
    {"76000": "Rouen", "61300": "L'Aigle"},
)
NAMES = Names.of([], PLACES)
BY_CODE = {code: name for name, code in DEPARTEMENTS.items()}


def _told(text: str) -> list[str]:
    names = [
        (mention.refused, BY_CODE.get(mention.code or "", mention.code) or mention.kind) for mention in read(text, NAMES).places
    ]
    return [f"pas {name}" if refused else name for refused, name in names]


@pytest.mark.parametrize(("text", "places"), cases("places").items())
def test_the_places_of_a_text(text: str, places: list[str]) -> None:
    assert _told(text) == places


def test_a_place_keeps_its_preposition_and_its_homonyms() -> None:
    names = PlaceNames({"Tilly": [KnownPlace("27", "commune", 600), KnownPlace("14", "commune", 500)]})
    mention = read("un CAP vers Tilly", Names.of([], names)).places[0]
    assert (mention.codes, mention.code, mention.start, mention.end) == (("27", "14"), "27", 2, 4)


def test_two_words_are_as_alike_as_their_common_letters() -> None:
    assert likeness("cherbour", "cherbourg") == pytest.approx(16 / 17)
    assert likeness("abc", "xyz") == 0


def test_names_compared_letter_by_letter_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(PlaceNames, "near", lambda self, name: tried.append(name))
    read("vers xxxxxx " * 150, NAMES)
    assert 0 < len(tried) <= 12


def test_a_town_with_the_number_of_its_departement_is_that_town() -> None:
    names = PlaceNames({
        "Saint-Aubin": [KnownPlace("76100", "commune", 9_000), KnownPlace("14200", "commune", 3_000)],
        "Évreux": [KnownPlace("27229", "commune", 47_000)],
        **{name: [KnownPlace(code, "departement")] for name, code in DEPARTEMENTS.items()}})
    found = {text: (mention := names.find(text)) and mention.code for text in (
        "évreux (27)", "Évreux 27", "Saint-Aubin (14)", "Saint-Aubin 76", "évreux (14)", "dans le 27")}
    assert found == {"évreux (27)": "27229", "Évreux 27": "27229", "Saint-Aubin (14)": "14200", "Saint-Aubin 76": "76100",
                     "évreux (14)": "14", "dans le 27": "27"}
    both = read("un lycée à Évreux (27)", names=Names.of([], names)).places
    assert [mention.codes for mention in both] == [("27229",)]
