"""A sheet as the rest of the helpline reads it: typed, sourced, with its card."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, SerializeAsAny

from knowledge_base.dates import french_period
from knowledge_base.kinds import Kind, sheet_url
from knowledge_base.schema import Link, QuestionItem, Source, Strict
from knowledge_base.schema_kinds import EvenementData, FormationData, MetierData, StructureData

Card = dict[str, Any]


class Sheet(BaseModel):
    """One sheet. `origin` is "shipped", "own" or the name of an open-data format; `data` depends on `kind`."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    id: str
    title: str
    also: list[str] = []
    summary: str
    rome: list[str] = []
    source: Source | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    links: list[Link] = []
    topics: list[int] = []
    publics: list[str] = []
    questions: list[QuestionItem] = []
    origin: str = "own"
    retired_on: date | None = None
    data: SerializeAsAny[Strict]

    @property
    def url(self) -> str:
        """Path of the public page of this sheet."""
        return sheet_url(self.kind, self.id)

    @property
    def place(self) -> str | None:
        """Name of the commune (or place) the sheet is about, if any."""
        if isinstance(self.data, StructureData | FormationData):
            return self.data.commune_name
        if isinstance(self.data, EvenementData):
            return self.data.place
        return None

    @property
    def card_level(self) -> str | None:
        """For a formation: "offre" when it is a course at a provider, "diplome" otherwise; None for other kinds."""
        if not isinstance(self.data, FormationData):
            return None
        return "offre" if self.data.provider else "diplome"

    @property
    def subtitle(self) -> str:
        """One short line under the title."""
        return subtitle_of(self)

    def to_card(self) -> Card:
        """The contract's Card, ready for JSON."""
        card: Card = {
            "kind": self.kind,
            "id": self.id,
            "title": self.title,
            "subtitle": self.subtitle,
            "text": self.summary,
            "url": self.url,
            "rome": list(self.rome),
            "source": self.source.model_dump(mode="json") if self.source else None,
        }
        if self.card_level:
            card["level"] = self.card_level
        return card

    def sections(self) -> list[tuple[str, str]]:
        """The sheet as (French heading, text) pairs, empty ones left out."""
        from knowledge_base.sections import sections_of  # local: sections needs this module's Sheet

        return sections_of(self)


def subtitle_of(sheet: Sheet) -> str:
    """The subtitle by kind: sector, level and duration, town, dates, acronym spelled out."""
    data: Any = sheet.data
    if isinstance(data, MetierData):
        return data.sector or ""
    if isinstance(data, FormationData):
        return _formation_subtitle(data)
    if isinstance(data, StructureData):
        return data.commune_name or ""
    if isinstance(data, EvenementData):
        return " · ".join(part for part in (data.place, french_period(data.starts_on, data.ends_on)) if part)
    return getattr(data, "spells_out", None) or ""


def _formation_subtitle(data: FormationData) -> str:
    level = f"niveau {data.level}" if data.level else None
    parts = [data.provider, data.commune_name] if data.provider else [data.diploma, level, data.duration]
    return " · ".join(part for part in parts if part)
