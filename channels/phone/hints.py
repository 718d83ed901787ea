"""Words that the speech recognition should expect: commands, trades and courses of the knowledge base, Norman communes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from knowledge_base.facade import KnowledgeBase
from knowledge_base.models import SheetRow

ALWAYS = ("conseiller", "répéter", "plus lentement", "suite", "être rappelé", "oui", "non", "au revoir", "apprentissage",
          "alternance", "Parcoursup", "mission locale", "bac pro", "CAP", "BTS", "VAE", "CPF", "stage de troisième", "formation",
          "métier", "salaire")
_MOST = 450  # phrases; Twilio takes 500
_LONGEST = 100  # characters a phrase
_COMMUNES = 120
_KINDS = ("metier", "formation", "dispositif")


def hints(knowledge: KnowledgeBase | None) -> str:
    """Phrases separated by commas, most useful first."""
    if knowledge is None:
        return _joined(ALWAYS)
    communes = [place.name for place in knowledge.gazetteer.places if place.kind == "commune"][:_COMMUNES]
    return _joined([*ALWAYS, *communes, *_titles(knowledge)])


def _titles(knowledge: KnowledgeBase) -> list[str]:
    query = select(SheetRow.title).where(SheetRow.kind.in_(_KINDS), SheetRow.retired_on.is_(None))
    query = query.order_by(SheetRow.kind, SheetRow.id)
    with knowledge.engine.connect() as connection:
        return [str(title) for (title,) in connection.execute(query.limit(_MOST))]


def _joined(phrases: Iterable[str]) -> str:
    parts = (part.strip() for phrase in phrases for part in phrase.replace(",", " ").split("/"))
    kept = dict.fromkeys(part for part in parts if part and len(part) <= _LONGEST)
    return ", ".join(list(kept)[:_MOST])
