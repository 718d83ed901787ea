"""What a search answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from knowledge_base.kinds import Kind
from knowledge_base.search.snapshot import Card


@dataclass(frozen=True)
class Hit:
    """One sheet found. `score` between 0 and 1 (1 = its exact name), `why` says in French what made it come up.

    `matched` is the name that was recognised when it is not the title (a ROME title, an acronym, a feminine).
    """

    kind: Kind
    id: str
    title: str
    subtitle: str
    score: float
    rome: list[str]
    url: str
    source: dict[str, Any] | None
    text: str
    why: str = ""
    place: str | None = None
    distance_km: float | None = None
    matched: str | None = None
    level: str | None = None
    origin: str = "own"

    def to_card(self) -> Card:
        """The contract's Card."""
        names = ("kind", "id", "title", "subtitle", "text", "url", "rome", "source")
        card: Card = {name: getattr(self, name) for name in names}
        if self.level:
            card["level"] = self.level
        return card

    def to_result(self) -> dict[str, Any]:
        """One element of `results` of GET /api/kb/search."""
        return asdict(self)


@dataclass(frozen=True)
class SearchPage:
    """One page of results; `total` counts all sheets that answer."""

    query: str
    total: int
    results: list[Hit] = field(default_factory=list)
    place: str | None = None


def hit_of(card: Card, score: float, why: str = "", *, distance_km: float | None = None, matched: str | None = None) -> Hit:
    """A hit from an indexed card."""
    title, subtitle = card["title"], card["subtitle"] or matched or ""
    if card["origin"] == "rome" and matched:
        # « Couvreur / Couvreuse » is what the person said; « Pose et restauration de couvertures » is the ROME family.
        title, subtitle = matched, card["title"]
    return Hit(
        kind=card["kind"],
        id=card["id"],
        title=title,
        subtitle=subtitle,
        score=round(score, 4),
        rome=card["rome"],
        url=card["url"],
        source=card["source"],
        text=card["text"],
        why=why,
        place=card.get("place"),
        distance_km=None if distance_km is None else round(distance_km, 1),
        matched=matched,
        level=card.get("level"),
        origin=card["origin"],
    )
