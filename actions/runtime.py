"""What every action needs and no action makes: the knowledge base, the sentences, the date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import clock
from actions.knowledge import KnowledgeLike
from actions.voice import Voice
from language.yml import read_yml

TABLES = Path(__file__).parent / "understanding" / "tables"


@cache
def load_tables(folder: Path = TABLES) -> dict[str, Any]:
    """The editable word lists, by file name (structure types, cues of a question, tastes…)."""
    return {path.stem: read_yml(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yml"))}


@dataclass(frozen=True)
class Runtime:
    """Built once by the host (or by a test) and given to each action."""

    kb: KnowledgeLike
    voice: Voice
    today: Callable[[], date] = clock.today
    tables: dict[str, Any] = field(default_factory=load_tables)
