"""Whom a fact comes from, and under which licence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Credit:
    """Source id, its title in words, publisher, licence; `attribution` is the notice its licence asks for."""

    source: str = ""
    title: str = ""
    publisher: str = ""
    licence: str = ""
    url: str = ""
    attribution: str = ""
    note: str = ""
