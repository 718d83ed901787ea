"""Brings a text to the GSM-7 alphabet when that costs nothing but a cedilla: « ç », « ê », « œ », « ’ » alone double the price.

Only the characters that would force UCS-2 change (é, è, à, ù stay). A text that cannot be folded whole (an emoji, Arabic)
is left as it is: it goes as UCS-2 anyway.
"""

from __future__ import annotations

import re
import unicodedata

from channels.delivery.segments import GSM, is_gsm

_TABLE = str.maketrans({
    "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
    "\u2026": "...", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2022": "-", "\u00b7": ".",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " ", "\u200b": "", "\u200d": "", "\ufeff": "", "\u00ad": "",
    "œ": "oe", "Œ": "OE", "°": "o", "º": "o", "ª": "a", "²": "2", "³": "3", "½": "1/2", "¼": "1/4", "¾": "3/4", "×": "x",
    "→": "->", "≥": ">=", "≤": "<=", "≈": "~", "©": "(c)", "®": "(r)", "™": "(tm)", "÷": "/",
    "ı": "i", "ł": "l", "Ł": "L",
})
_OPENING = re.compile(r"«[ \u00a0\u202f\u2009]*")
_CLOSING = re.compile(r"[ \u00a0\u202f\u2009]*»")


def fold(text: str) -> str:
    """The same text in GSM-7 when that is possible, else unchanged but for its normal form."""
    text = unicodedata.normalize("NFC", text)
    if is_gsm(text):
        return text
    quoted = _CLOSING.sub('"', _OPENING.sub('"', text))
    folded = "".join(map(_folded, quoted.translate(_TABLE)))
    return folded if is_gsm(folded) else text


def plain(text: str) -> str:
    """In GSM-7 whatever happens: what cannot be folded (an emoji that a citizen wrote and we quote) is left out."""
    folded = fold(text)
    if is_gsm(folded):
        return folded
    return fold("".join(character for character in folded if is_gsm(fold(character))))


def _folded(character: str) -> str:
    if character in GSM:
        return character
    bare = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    return bare if bare and is_gsm(bare) else character
