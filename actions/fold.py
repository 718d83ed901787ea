"""Text folded for comparison: no accents, no case, no punctuation, one space."""

from __future__ import annotations

import re

from unidecode import unidecode

_NOT_WORD = re.compile(r"[^a-z0-9+ ]+")


def fold(text: str) -> str:
    """« Ça recrute, vers Flers ? » → "ca recrute vers flers"."""
    return " ".join(_NOT_WORD.sub(" ", unidecode(text).lower()).split())


def has_word(folded: str, *words: str) -> bool:
    """Whether one of the (folded) words or phrases stands in the folded text as whole words."""
    padded = f" {folded} "
    return any(f" {word} " in padded for word in words)
