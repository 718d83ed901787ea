"""Identifiers of imported sheets: stable from one edition of a file to the next."""

from __future__ import annotations

from knowledge_base.text import fold

MAX_LENGTH = 110


def slug(*parts: str) -> str:
    """« PRC », « L'Aigle » → `prc-l-aigle`; at most 110 characters."""
    return "-".join(fold(" ".join(parts)).replace("+", " plus ").split())[:MAX_LENGTH].strip("-")
