"""Whether people are hired somewhere, when no trade is said."""

from __future__ import annotations

from knowledge_base.places.credit import Credit
from knowledge_base.places.entities import Hiring
from knowledge_base.search.needs.finder import Need
from tests.unit.actions.fakes import FakePlace
from tests.unit.actions.talk import Conversation

FLERS = FakePlace("Flers", "61169")
BMO = Credit("bmo", "Besoins en main-d’œuvre 2025", "France Travail", "Licence Ouverte 2.0", "https://exemple.fr", "", "")


def surveyed(talk: Conversation) -> None:
    """A survey that knows a job for all, and the roofers."""
    talk.kb.recruiting = lambda place, rome=None: [  # type: ignore[method-assign]
        Hiring(f"bassin de {place.name}", "Couvreurs" if rome else "Aides à domicile", 2025, 31, 24, None, BMO)]
    talk.kb.asks("ça recrute vers Flers ?", Need("dispositif/vae", ("outlets",), 0.5), places=(FLERS,), named=False)
    talk.kb.asks("couvreur", Need("metier/couvreur", ("definition",), 1.0))


def test_the_jobs_most_asked_for_are_told_and_the_trade_is_asked(talk: Conversation) -> None:
    surveyed(talk)
    reply = talk.says("ça recrute vers Flers ?", "question")
    assert "bassin de Flers" in reply.text and "Aides à domicile" in reply.text
    assert "Quel métier" in reply.text and reply.topic == 5


def test_the_trade_named_next_is_asked_there(talk: Conversation) -> None:
    surveyed(talk)
    talk.says("ça recrute vers Flers ?", "question")
    reply = talk.says("couvreur", "question")
    assert "Couvreurs : 31 projets" in reply.text and reply.topic == 5


def test_without_a_place_nothing_is_told_of_it(talk: Conversation) -> None:
    surveyed(talk)
    talk.kb.asks("ça recrute ?", Need("dispositif/vae", ("outlets",), 0.5), named=False)
    assert "Aides à domicile" not in talk.says("ça recrute ?", "question").text
