"""The place that a sentence names."""

from __future__ import annotations

import pytest

from knowledge_base import KnowledgeBase


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("un café des parents à Évreux ?", "27229"),
        ("cap patisserie pres de dieppe", "76217"),
        ("je suis vers cherbour", "50129"),
        ("Le H.", "76351"),
        ("St-Lô", "50502"),
        ("27200", "27681"),
        ("dans le 76", "76"),
        ("Manche", "50"),
        ("à Eu", "76255"),
        ("j'ai eu mon bac", None),
        ("mon maître veut me virer", None),
        ("j'ai 14 ans", None),
        ("le 14 mars", None),
        ("près de chez moi", None),
    ],
)
def test_a_place_is_understood_or_left_alone(place_kb: KnowledgeBase, sentence: str, code: str | None) -> None:
    place = place_kb.find_place(sentence)
    assert (place.code if place else None) == code


@pytest.fixture(scope="module")
def place_kb(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """Reading places is the same on every database: once is enough."""
    state = tmp_path_factory.mktemp("places")
    return KnowledgeBase.open(f"sqlite:///{state / 'k.sqlite3'}", state, shipped=False)
