"""Folding: lower case, no accents, plain apostrophes."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'"})
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")


def fold(text: str) -> str:
    """« Où ça, l’Évêché ? » → « ou ca, l'eveche ? ». The length may change (œ → oe)."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def shorten_runs(word: str) -> str:
    """« merciiiii » → « merci », « trooop » → « trop »: no French word has a letter three times in a row (« www » aside)."""
    return word if word.startswith("www") else _LONG_RUN.sub(r"\1", word)


def fold_in_place(text: str) -> str:
    """Folded with the same length, so that offsets stay true; a character without a one-letter form stays as it is."""
    return "".join(folded if len(folded := fold(char)) == 1 else char for char in text)
