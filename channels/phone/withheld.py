"""Callers who hide their number: networks send a word instead, typed on a keypad (« ANONYMOUS » is +266696687)."""

from __future__ import annotations

import phonenumbers

_KEYS = {letter: str(key) for key, letters in enumerate(("", "", "abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"))
         for letter in letters}
_WORDS = (
    "restricted", "anonymous", "unavailable", "unknown", "blocked", "private", "withheld", "hidden", "noid", "nocallerid",
    "outofarea", "payphone", "coinphone", "unlisted", "notprovided", "notavailable", "undisclosed", "unidentified", "undefined",
    "confidential", "suppressed", "protected", "secret", "international", "anonyme", "prive", "masque", "inconnu",
    "indisponible", "nonidentifie", "nondisponible", "confidentiel", "cache", "secretcall",
)
# Some write who it is too: PRIVATE NUMBER, UNKNOWN CALLER, NUMERO MASQUE, BLOCKED ID.
_BEFORE, _BEHIND = ("numero", "appel", "id", "number", "caller"), ("number", "caller", "id", "call", "name", "calls")
_FRANCE = 33


def on_keypad(word: str) -> str:
    """« unknown » is 8656696."""
    return "".join(_KEYS[letter] for letter in word)


_TYPED = frozenset(on_keypad(before + word + behind)
                   for word in _WORDS for before in ("", *_BEFORE) for behind in ("", *_BEHIND))


def is_withheld(number: str) -> bool:
    """True when this is no number that anybody could be called back at: a word, or digits that nobody in that country has.

    A French number is judged by its length only: new ranges are in use before the library knows them.
    """
    digits = number.lstrip("+")
    if digits in _TYPED:
        return True
    try:
        parsed = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return True
    if parsed.country_code == _FRANCE:
        return not phonenumbers.is_possible_number(parsed)
    return not phonenumbers.is_valid_number(parsed)
