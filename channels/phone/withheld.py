"""Callers who hide their number: networks send a word instead, typed on a keypad (« ANONYMOUS » is +266696687)."""

from __future__ import annotations

import phonenumbers

_KEYS = {letter: str(key) for key, letters in enumerate(("", "", "abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"))
         for letter in letters}
_WORDS = ("restricted", "anonymous", "unavailable", "unknown", "blocked", "private", "withheld", "hidden", "noid", "nocallerid",
          "outofarea", "payphone", "unlisted", "anonyme", "prive", "masque", "inconnu", "indisponible", "nonidentifie")


def on_keypad(word: str) -> str:
    """« unknown » is 8656696."""
    return "".join(_KEYS[letter] for letter in word)


_TYPED = frozenset(map(on_keypad, _WORDS))


def is_withheld(number: str) -> bool:
    """True when this is no number that anybody could be called back at: a word, or digits that no country has."""
    digits = number.lstrip("+")
    if digits in _TYPED:
        return True
    try:
        return not phonenumbers.is_possible_number(phonenumbers.parse(f"+{digits}", None))
    except phonenumbers.NumberParseException:
        return True
