"""Words however they are spelt: « harselle » and « arcèle » sound like « harcèle »; « suicder » is one letter away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# In order. Letters are plain (no accents), lower case; capitals stand for the sounds that no single letter writes.
_STEPS = tuple((re.compile(pattern), written) for pattern, written in (
    (r"eu(?:rs?|ses?)$", "ER"), (r"ph", "f"), (r"qu(?=[eiao])|[qk]|ck|ch(?=r)|c(?=[aoulrtk]|$)", "k"), (r"k+", "k"),
    (r"sc(?=[eiy])|c(?=[eiy])|ss", "S"), (r"ch|sh", "C"), (r"gu(?=[eiy])", "G"), (r"g(?=[eiy])|ge(?=[ao])", "j"),
    (r"gn", "N"), (r"(?<=[aeiouy])s(?=[aeiouy])", "z"), (r"x", "ks"), (r"y", "i"), (r"w", "v"), (r"h", ""),
    (r"([a-zA-Z])\1+", r"\1"), (r"eau|au", "o"), (r"oeu|eu", "e"), (r"ou", "U"), (r"oi", "wa"),
    (r"(?:ain|ein|in|im|um|un)(?![aeiouUmn])", "I"), (r"(?:an|am|en|em)(?![aeiouUmn])", "A"), (r"(?:on|om)(?![aeiouUmn])", "O"),
    (r"ai|ei", "e"), (r"(?<=[AIOUaiou])[tsdx]+$", ""), (r"e[rztse]*$", ""), (r"[Sc]", "s"), (r"ss", "s"),
))
_SHORTEST, _LONG = 4, 6  # sounds: shorter words are never corrected; one letter may be wrong in the longer ones only


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """The key of a plain word. Spellings of one word often share it; so do a few different words (« cou », « coup »)."""
    for pattern, written in _STEPS:
        word = pattern.sub(written, word)
    return word


class KeyWords:
    """Words that must be recognised in any spelling, and the ordinary words that look like them (`never`).

    `nearly`: also with one letter wrong, when the word is long enough.
    """

    def __init__(self, words: Iterable[str], never: Iterable[str] = (), *, nearly: bool = False) -> None:
        self._right = set(words)
        self._never = self._right | set(never)
        self._by_sound: dict[str, str] = {}
        self._nearly: dict[str, str] = {}
        for word in sorted(self._right, key=lambda word: (len(word), word)):
            key = sound(word)
            if len(key) >= _SHORTEST:
                self._by_sound.setdefault(key, word)
            for near in _one_less(key) if nearly else ():
                self._nearly.setdefault(near, word)

    def correct(self, word: str) -> str:
        """The key word that this one stands for, or the word itself."""
        if len(word) < _SHORTEST or word in self._never:
            return word
        key = sound(word)
        if key in self._by_sound or not self._nearly:
            return self._by_sound.get(key, word)
        return next((self._nearly[near] for near in (key, *_one_less(key)) if near in self._nearly), word)


def _one_less(key: str) -> list[str]:
    """The key, and the key without one of its sounds: two keys one letter apart share one of these. Nothing for a short key."""
    return [key, *(key[:at] + key[at + 1:] for at in range(1, len(key)))] if len(key) >= _LONG else []
