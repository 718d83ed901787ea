"""The desks near the person of a case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from channels.console.case_places import desks_of
from knowledge_base import KnowledgeBase
from tests.fixtures.console_browser import seat
from tests.fixtures.desk import Desk
from tests.fixtures.shipped_knowledge import open_shipped


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    kb = open_shipped(tmp_path_factory.mktemp("console-places"))
    yield kb
    kb.close()


def test_the_desks_that_serve_a_commune_are_named_with_their_address(knowledge: KnowledgeBase) -> None:
    desks = {desk.kind: desk.hit for desk in desks_of(knowledge, "Les Andelys")}
    assert desks["Mission locale"].site.address == "12 rue Saint-Lazare" and desks["Mission locale"].covers
    assert desks["MDPH"].site.commune == "Évreux"


@pytest.mark.parametrize("commune", [None, "", "Ville inconnue"])
def test_without_a_commune_there_is_nothing_to_show(knowledge: KnowledgeBase, commune: str | None) -> None:
    assert desks_of(knowledge, commune) == []


async def test_a_case_with_a_commune_asks_for_its_places(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    case_id, _ = await desk.waiting()
    await eva.open(f"/console/cases/{case_id}")
    assert f'data-hx-get="/console/cases/{case_id}/lieux"' in eva.page
