"""What the knowledge API answers, for /docs."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from knowledge_base.kinds import Kind


class ResultModel(BaseModel):
    """One sheet found. `score` between 0 and 1, 1 for its exact name."""

    model_config = ConfigDict(extra="allow")

    kind: Kind
    id: str
    title: str
    score: float
    rome: list[str]
    url: str
    source: dict[str, Any] | None


class SearchModel(BaseModel):
    """One page of results."""

    query: str
    total: int
    results: list[ResultModel]
