"""« D1102 », « RNCP 38381 »: a code of a public nomenclature is the name of its sheets, and is never misspelt."""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge_base.hits import Hit, hit_of
from knowledge_base.search.snapshot import Snapshot
from knowledge_base.text import fold

CODE = re.compile(r"\b(?:[a-n]\d{4}|rncp ?\d{2,6})\b")
_METIER = "metier"


def code_in(text: str) -> str | None:
    """The code that a text holds, as indexes keep it."""
    found = CODE.search(fold(text))
    return found[0].replace(" ", "") if found else None


def sheets_of_code(snapshot: Snapshot, query: str, allows: Callable[[str], bool]) -> list[Hit]:
    """The sheets that bear the code of a query, trades first; none when it holds no known code."""
    code = code_in(query)
    cards = [snapshot.card(ordinal) for ordinal in snapshot.codes.get(code or "", ())]
    wanted = sorted((card for card in cards if allows(card["kind"])), key=lambda card: card["kind"] != _METIER)
    return [hit_of(card, 1.0, f"Code exact : {str(code).upper()}") for card in wanted]
