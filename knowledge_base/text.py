"""Folding of French text: the one form in which names and questions are compared."""

from __future__ import annotations

import re
from functools import lru_cache

from unidecode import unidecode

_NOT_WORD = re.compile(r"[^a-z0-9+]+")
_GENDERED = re.compile(r"\s*/\s*")


def fold(text: str) -> str:
    """Lower case, no accent, no ligature, one space between words; `+` is kept (« bac +2 »).

    >>> fold("L’Éducateur spécialisé, c'est…")
    'l educateur specialise c est'
    """
    return _NOT_WORD.sub(" ", unidecode(text).lower()).strip()


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return fold(text).split()


@lru_cache(maxsize=4096)
def gendered_forms(title: str) -> tuple[str, ...]:
    """A title written « masculine / feminine rest » as each gender says it, folded.

    The feminine side carries the rest of the name; the masculine side is as long as what it replaces.

    >>> gendered_forms("Abatteur / Abatteuse de carrière")
    ('abatteur de carriere', 'abatteuse de carriere')
    """
    parts = [fold(part) for part in _GENDERED.split(title) if fold(part)]
    if len(parts) != 2:
        return tuple(dict.fromkeys(parts)) if len(parts) > 2 else (fold(title),)
    left, right = parts[0].split(), parts[1].split()
    if len(right) <= len(left) or _same_rest(left, right):
        return tuple(dict.fromkeys((parts[0], parts[1])))
    rest = right[_replaced(left, right) :]
    return " ".join([*left, *rest]), parts[1]


def _same_rest(left: list[str], right: list[str]) -> bool:
    # « agent de quai / agente de quai »: both sides are whole names already.
    return len(left) > 1 and left[-1] == right[-1]


def _replaced(left: list[str], right: list[str]) -> int:
    # « directeur adjoint / directrice adjointe de magasin »: as many words as the masculine has, if they look alike.
    count = len(left)
    return count if right[0][:2] == left[0][:2] or count == 1 else 1


def grams(folded_words: list[str]) -> list[str]:
    """Padded 3-grams of each word: « as » → `_as`, `as_`. They survive a typo and do not depend on word order."""
    found = []
    for word in folded_words:
        padded = f"_{word}_"
        found += [padded[start : start + 3] for start in range(len(padded) - 2)]
    return found
