"""Folding: lower case, no accents, no ligatures; the one form in which French words are compared."""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = {
    "œ": "oe",
    "æ": "ae",
    "ß": "ss",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "´": "'",
    "`": "'",
    "′": "'",
    "€": " euros ",
}
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_NOT_WORD = re.compile(r"[^a-z0-9+]+")


def _plain(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    decomposed = unicodedata.normalize("NFKD", char)
    return "".join(_SPECIAL.get(part, part) for part in decomposed if not unicodedata.combining(part))


# Letters of European languages, combining accents and typographic marks: one look-up each, no normalisation of the text.
_LATIN = {code: _plain(chr(code)) for code in (*range(0x80, 0x370), *range(0x1E00, 0x1F00), *range(0x2000, 0x20D0))}


def fold(text: str) -> str:
    """« Où ça, l’Évêché ? » → « ou ca, l'eveche ? ». The length may change (œ → oe).

    >>> fold("Où ça, l’Évêché ?")
    "ou ca, l'eveche ?"
    """
    lower = text.lower()
    if lower.isascii():
        return lower.replace("`", "'")
    plain = lower.translate(_LATIN)
    return plain if plain.isascii() else "".join(map(_plain, plain))


def fold_words(text: str) -> str:
    """Only words, one space between them; `+` is kept (« bac +2 »).

    >>> fold_words("L’Éducateur spécialisé, c'est…")
    'l educateur specialise c est'
    """
    return _NOT_WORD.sub(" ", fold(text)).strip()


def fold_in_place(text: str) -> str:
    """Folded with the same length, so that offsets stay true; a character without a one-letter form stays as it is."""
    return "".join(folded if len(folded := fold(char)) == 1 else char for char in text)


def shorten_runs(word: str) -> str:
    """« merciiiii » → « merci », « trooop » → « trop »: no French word has a letter three times in a row (« www » aside)."""
    return word if word.startswith("www") else _LONG_RUN.sub(r"\1", word)


def is_elongated(word: str) -> bool:
    """Whether a letter stands three times in a row: « ouiiii »."""
    return shorten_runs(word) != word
