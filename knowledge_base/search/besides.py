"""What a person would want beside the names that look alike: the scheme that one word names, the place that welcomes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from knowledge_base.geo.place import Place
from knowledge_base.hits import Hit, hit_of
from knowledge_base.language import french
from knowledge_base.search.cards import card_of
from knowledge_base.search.question import Question
from knowledge_base.search.snapshot import Snapshot
from knowledge_base.structures import structures_for

# « vae aide soignante »: above a guess, below a name typed in full.
SCHEME, TERM = 0.74, 0.6
EXPLAINED = ("dispositif", "aide", "service", "terme")
LONGEST_ACRONYM = 6
WELCOMING = 2


def schemes_named(snapshot: Snapshot, question: Question, allows: Callable[[str], bool], hits: list[Hit]) -> list[Hit]:
    """Schemes, aids and terms that one acronym of a longer question is the whole name of, unless they were found already."""
    if len(question.content) < 2:
        return []
    present = {(hit.kind, hit.id) for hit in hits if hit.score >= TERM}
    found = []
    for word in question.content:
        if len(word) > LONGEST_ACRONYM or (word,) in french().level_hints or word in french().elsewhere:
            continue
        for card in (snapshot.card(ordinal) for ordinal in snapshot.called(word)):
            if card["kind"] in EXPLAINED and allows(card["kind"]) and (card["kind"], card["id"]) not in present:
                found.append(hit_of(card, TERM if card["kind"] == "terme" else SCHEME, f"Vous parlez de : {card['title']}"))
    return found


def welcoming_first(snapshot: Snapshot, place: Place | None, hits: list[Hit]) -> list[Hit]:
    """« mission locale à Vernon »: the one that welcomes people there stands before the sheet that explains what one is."""
    first = card_of(snapshot, hits[0].kind, hits[0].id) if place and hits else None
    if place is None or first is None or first["kind"] != "structure" or first.get("commune"):
        return hits
    near = [hit for hit in structures_for(snapshot, place, first["type"], WELCOMING + 1) if hit.place][:WELCOMING]
    best = hits[0].score
    ahead = [replace(hit, score=best) for hit in near]
    return ahead + [hit for hit in hits if hit.id not in {other.id for other in near}]
