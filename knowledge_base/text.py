"""Folding of French text: the one form in which names and questions are compared."""

from __future__ import annotations

import re
from functools import lru_cache

from language.fold import fold_words

_PARENTHESES = re.compile(r"\([^)]*\)?")
# One folding for names, questions and messages.
fold = fold_words


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return fold(text).split()


@lru_cache(maxsize=4096)
def gendered_forms(title: str) -> tuple[str, ...]:
    """A title written « masculine / feminine rest » as each gender says it, folded; masculine first.

    >>> gendered_forms("Abatteur / Abatteuse de carrière")
    ('abatteur de carriere', 'abatteuse de carriere')
    >>> gendered_forms("Chef coiffeur / coiffeuse")
    ('chef coiffeur', 'chef coiffeuse')
    >>> gendered_forms("Chef de rayon boulangerie/pâtisserie")
    ('chef de rayon boulangerie patisserie',)
    """
    bare = _PARENTHESES.sub(" ", title)
    parts = [fold(part).split() for part in bare.split("/") if fold(part)]
    if not parts:
        return (fold(title),)
    masculine = feminine = parts[0]
    for part in parts[1:]:
        masculine, feminine = _both(masculine, part)[0], _both(feminine, part)[1]
    return tuple(dict.fromkeys((" ".join(masculine), " ".join(feminine))))


def _both(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    start = next((place for place, word in enumerate(left) if _same_word(word, right[0])), None)
    if start is not None:
        # The feminine replaces the end of the masculine and brings the rest of the name.
        return left + right[len(left) - start :], left[:start] + right
    if len(left) == 1 and len(right) > 1:
        # « valet / femme de chambre »
        return left + right[1:], right
    # « boulangerie/pâtisserie »: two words, not two genders.
    return left + right, left + right


def _same_word(masculine: str, feminine: str) -> bool:
    return masculine == feminine or (len(masculine) > 3 and masculine[:3] == feminine[:3])


_SOUNDS = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"eaux?|aux?", "o"), (r"ph", "f"), (r"qu?|ck", "k"), (r"c(?=[eiy])", "s"), (r"ch", "x"), (r"c", "k"), (r"h", ""),
        (r"ai|ei|ez\b|er\b|et\b", "e"), (r"ti(?=on|el)", "si"), (r"y", "i"), (r"z", "s"), (r"([a-z])\1", r"\1"),
        (r"g(?=[ei])", "j"), (r"(?<=\w\w)[estdpx]+\b", ""),
    )
]  # fmt: skip


@lru_cache(maxsize=32768)
def sound(folded: str) -> str:
    """Roughly how a folded text sounds: « oxilier d vie » and « auxiliaire de vie » come close."""
    for pattern, replacement in _SOUNDS:
        folded = pattern.sub(replacement, folded)
    return folded


def grams(folded_words: list[str]) -> list[str]:
    """Padded 3-grams of each word: « as » → `_as`, `as_`. They survive a typo and do not depend on word order."""
    return [gram for word in folded_words for gram in _word_grams(word)]


@lru_cache(maxsize=65536)
def _word_grams(word: str) -> tuple[str, ...]:
    padded = f"_{word}_"
    return tuple(padded[start : start + 3] for start in range(len(padded) - 2))
