"""The places of a message and the part each plays there."""

from __future__ import annotations

import pytest

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.geo.mentions import Mentions, mentions_in
from knowledge_base.geo.place import Place

PLACES = [
    Place("Caen", "14118", "commune", population=100_000),
    Place("Rouen", "76540", "commune", population=100_000),
    Place("Granville", "50218", "commune", population=12_000),
    Place("Eu", "76255", "commune", population=6_500),
    Place("Dieppe", "76217", "commune", population=28_000),
    Place("Orne", "61", "departement"),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(PLACES)


def parts(found: Mentions) -> dict[str, str]:
    return {item.place.name: item.part for item in found.named}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ou faire staps en normandie pas a caen", {"Caen": "refused"}),
        ("je suis aide-soignante à Granville, un IFSI dans l'Orne ?", {"Granville": "lived", "Orne": "asked"}),
        ("je suis à Granville mais Caen c'est loin", {"Granville": "lived", "Caen": "far"}),
        ("un CAP à Rouen ou Dieppe", {"Rouen": "asked", "Dieppe": "asked"}),
        ("jhabite a eu, ma mission locale c'est dieppe ?", {"Eu": "lived", "Dieppe": "asked"}),
        ("mon cfa est à Rouen, y en a un vers Dieppe ?", {"Rouen": "lived", "Dieppe": "asked"}),
    ],
)
def test_each_place_plays_its_part(gazetteer: Gazetteer, text: str, expected: dict[str, str]) -> None:
    assert parts(mentions_in(gazetteer, text)) == expected


def test_the_region_is_no_place_among_others(gazetteer: Gazetteer) -> None:
    found = mentions_in(gazetteer, "une école d'architecture en Normandie ?")
    assert found.region and not found.named


def test_the_words_are_left_without_their_places_and_without_what_somebody_is(gazetteer: Gazetteer) -> None:
    found = mentions_in(gazetteer, "je suis coiffeuse à Caen, où devenir fleuriste ?")
    assert "caen" not in found.rest and "fleuriste" in found.wanted
    assert "coiffeuse" in found.rest and "coiffeuse" not in found.wanted


def test_what_is_refused_is_told_apart(gazetteer: Gazetteer) -> None:
    found = mentions_in(gazetteer, "un BTS pas à distance à Rouen")
    assert found.refused[0].startswith("a distance") and [place.name for place in found.of("asked")] == ["Rouen"]


def test_places_are_asked_for_by_part_and_by_kind(gazetteer: Gazetteer) -> None:
    found = mentions_in(gazetteer, "à Rouen ou dans l'Orne, pas à Caen")
    assert [place.name for place in found.of("asked", kind="commune")] == ["Rouen"]
    assert [place.name for place in found.of("refused")] == ["Caen"]
