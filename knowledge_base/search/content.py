"""Everything a question is answered from, all of one version."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.search.learned import TradeModel
from knowledge_base.search.needs.finder import Finder
from knowledge_base.search.snapshot import Snapshot


@dataclass(frozen=True)
class Content:
    """An index, the places, the learned guess (None without enough trades) and the finder of needs (None with few sheets)."""

    snapshot: Snapshot
    gazetteer: Gazetteer
    model: TradeModel | None = None
    finder: Finder | None = None
