"""Which sheets answer what a caller says: from a whole call, or as they speak."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from knowledge_base.hits import Hit

KINDS = ("metier", "formation", "dispositif", "aide", "service", "structure", "evenement")


class Linking(Protocol):
    """What is needed of the knowledge base."""

    def link(self, text: str, kinds: tuple[str, ...]) -> list[Hit]:
        """The sheets that a sentence names, best first."""
        ...


def suggest(knowledge: Linking, sentences: Iterable[str], limit: int = 6, each: int = 2) -> list[Hit]:
    """The sheets that these sentences name, in the order in which they were said; `each` at most a sentence."""
    found: dict[tuple[str, str], Hit] = {}
    for sentence in sentences:
        for hit in knowledge.link(sentence, KINDS)[:each]:
            found.setdefault((hit.kind, hit.id), hit)
    return list(found.values())[:limit]
