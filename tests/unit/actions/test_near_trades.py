"""Trades near the one in mind, and those that take shorter studies."""

from __future__ import annotations

from knowledge_base.search.needs.finder import Need
from tests.unit.actions.fakes import sheet
from tests.unit.actions.talk import Conversation

VET = Need("metier/veto", ("duration",), 1.0)


def vets(talk: Conversation) -> None:
    """A long trade, a short one and a longer one beside it."""
    talk.kb.sheets += [
        sheet("metier", "veto", "Vétérinaire", access={"diplomes": "Un doctorat.", "formations": ["de-veto"]},
              related=["auxiliaire", "chercheur"]),
        sheet("metier", "auxiliaire", "Auxiliaire vétérinaire", access={"diplomes": "Un titre.", "formations": ["titre-aux"]}),
        sheet("metier", "chercheur", "Chercheur", access={"diplomes": "Un doctorat.", "formations": ["de-veto"]}),
        sheet("formation", "de-veto", "Diplôme d’État de vétérinaire", diploma="Diplôme d’État", level=8),
        sheet("formation", "titre-aux", "Titre d’auxiliaire", diploma="Titre", level=4),
    ]  # fmt: skip
    talk.kb.asks("vétérinaire", VET)
    talk.says("vétérinaire", "question")


def test_shorter_studies_lead_to_near_trades_entered_at_a_lower_level(talk: Conversation) -> None:
    vets(talk)
    talk.kb.asks("y a plus court ?", VET, follow_up=True, named=False)
    reply = talk.says("y a plus court ?", "pas_compris", [("pas_compris", 0.5)])
    assert [card["id"] for card in reply.cards] == ["auxiliaire"]
    assert "études plus courtes" in reply.text and reply.command == {"name": "offer_person"}


def test_without_rome_codes_the_trades_that_the_sheet_names_are_near(talk: Conversation) -> None:
    vets(talk)
    talk.kb.asks("quels métiers proches", VET, follow_up=True, named=False)
    assert [card["id"] for card in talk.says("quels métiers proches", "question").cards] == ["auxiliaire", "chercheur"]
