"""The part of the knowledge base that the actions rely on, as typed interfaces, and references to its sheets.

The real thing is `knowledge_base.facade.KnowledgeBase`; unit tests use a small hand-written one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NotRequired, Protocol, TypedDict


class Ref(TypedDict):
    """A sheet as a slot or a button remembers it."""

    kind: str
    id: str
    title: str
    rome: NotRequired[list[str]]


class SourceLike(Protocol):
    """Where a fact was read, and when."""

    name: str
    url: str | None
    collected_on: date


class HitLike(Protocol):
    """One search result; `score` is 0..1, 1 for the exact title; `distance_km` only when a place was given."""

    kind: str
    id: str
    title: str
    subtitle: str | None
    score: float
    rome: list[str]
    url: str | None
    place: str | None
    distance_km: float | None
    text: str | None
    level: str | None

    def to_card(self) -> dict[str, Any]:
        """The card of contract.md."""


class PageLike(Protocol):
    """A page of results with how many there are in all."""

    total: int
    results: Sequence[Any]


class SheetLike(Protocol):
    """A whole sheet; `data` is the typed model of its kind (knowledge_base.schema_kinds)."""

    kind: str
    id: str
    title: str
    subtitle: str | None
    summary: str
    rome: list[str]
    source: SourceLike | None
    valid_from: date | None
    valid_until: date | None
    data: Any

    def to_card(self) -> dict[str, Any]:
        """The card of contract.md."""

    def sections(self) -> list[tuple[str, str]]:
        """(French heading, text), in reading order."""


class KnowledgeLike(Protocol):
    """The calls of the knowledge base that the actions make."""

    def search(
        self,
        query: str,
        *,
        kind: str | Sequence[str] | None = None,
        near: Any = None,
        radius_km: float | None = None,
        level: Any = None,
        rhythm: str | None = None,
        limit: int = 10,
    ) -> Any:
        """Sheets for a query, best first."""

    def sheet(self, kind: str, sheet_id: str) -> Any:
        """The sheet, or None."""

    def find_place(self, text: str) -> Any:
        """The place that a sentence mentions, or None."""

    def mentions(self, text: str) -> Any:
        """The places of a message and the part each plays (knowledge_base.geo.mentions.Mentions)."""

    def place(self, code: str) -> Any:
        """A place by its code, or None."""

    def link(self, text: str, kinds: Sequence[str]) -> list[Any]:
        """The sheets that a sentence names, best first, empty when nothing is plausible."""

    def neighbours(self, rome: str) -> list[Any]:
        """Trades that are near a ROME code."""

    def related(self, sheet: Any, limit: int = 8) -> list[Any]:
        """What goes with a sheet: trades, courses."""

    def by_riasec(self, letters: Sequence[str], tastes: Sequence[str], limit: int) -> list[Any]:
        """Trades that share these RIASEC letters and tastes."""

    def structures_for(self, place: Any, type_: str | None) -> list[Any]:
        """Places of welcome that cover a place, nearest first."""

    def needs(self, text: str, subject: str | None = None) -> Any:
        """What a message needs (knowledge_base.search.needs.api.Found)."""

    def offers_of(
        self,
        sheet_key: str | Sequence[str],
        place: Any,
        *,
        rhythm: str | None = None,
        boarding: bool | None = None,
        departement: str | None = None,
        away_from: Sequence[Any] = (),
        near_km: float = 60.0,
        limit: int = 3,
    ) -> Any:
        """Where the course of a sheet, or of several, is taught."""

    def places_at(self, place: Any, *, kinds: Sequence[str] = (), level: str | int | None = None, words: str = "") -> Any:
        """What there is at a place."""

    def structures_near(self, place: Any, type_: str | Sequence[str], limit: int = 3) -> Any:
        """The desks of a type that serve a place, then the nearest."""

    def find_places(self, text: str, limit: int = 5) -> Any:
        """The establishments that a text names."""

    def kinds_named(self, text: str) -> list[tuple[str, ...]]:
        """The kinds of place that a text names."""

    def site(self, key: str) -> Any:
        """A place by its key or its structure's reference."""

    def recruiting(self, place: Any, rome: str | None = None) -> Any:
        """How many people employers mean to hire around a place."""

    @property
    def agenda(self) -> Any:
        """The dated sessions (knowledge_base.agenda.store)."""

    def refresh_soon(self) -> None:
        """Sees what another process loaded, within seconds and without waiting."""


def ref_of(item: Any) -> Ref:
    """The reference to a hit or a sheet, as slots keep it."""
    return {"kind": item.kind, "id": item.id, "title": item.title, "rome": list(item.rome or [])}
