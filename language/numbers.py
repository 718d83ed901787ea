"""Numbers as people write and say them: « 17 », « dix-sept », « vingt et un », « quatre-vingt-dix »."""

from __future__ import annotations

from collections.abc import Sequence

_UNITS = {
    "zero": 0,
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
}
_TENS = {
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "nonante": 90,
}
MOST_DIGITS = 9


def number_at(forms: Sequence[str], place: int) -> tuple[int, int] | None:
    """(the number that begins at a folded word, where it ends); None when none does. Up to 99 in words.

    >>> number_at(["a", "vingt", "et", "un", "ans"], 1)
    (21, 4)
    """
    if place >= len(forms):
        return None
    word = forms[place]
    if word.isdecimal() and word.isascii() and len(word) <= MOST_DIGITS:
        return int(word), place + 1
    if word == "quatre" and forms[place + 1 : place + 2] in (["vingt"], ["vingts"]):
        return _below_twenty(forms, place + 2, 80)
    if word in _TENS:
        return _below_twenty(forms, place + 1, _TENS[word])
    return _unit(forms, place)


def _below_twenty(forms: Sequence[str], place: int, tens: int) -> tuple[int, int]:
    after = place + 1 if forms[place : place + 1] == ["et"] else place
    unit = _unit(forms, after)
    wide = tens in (60, 80)
    if unit is None or not 0 < unit[0] < (20 if wide else 10) or (after > place and unit[0] not in (1, 11)):
        return tens, place
    return tens + unit[0], unit[1]


def _unit(forms: Sequence[str], place: int) -> tuple[int, int] | None:
    if place >= len(forms) or forms[place] not in _UNITS:
        return None
    value = _UNITS[forms[place]]
    if value == 10 and _UNITS.get("".join(forms[place + 1 : place + 2]), 0) in (7, 8, 9):
        return 10 + _UNITS[forms[place + 1]], place + 2
    return value, place + 1
