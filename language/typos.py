"""Words one slip away from a known word; never one French word for another.

Without a dictionary of French, a correction is believed only when it cannot be another word: seven letters at least, the first
one right, and a slip of the fingers or of the ear (a letter doubled, missing, too many, two swapped, « f » for « ph »). A slip in
the last two letters is an inflection (« apprentis ») and is left alone. Tried on the 20,000 commonest French words with the words
of all our sheets known: about 70 would have changed (2,600 with any letter wrong); they stand in `words.yml`, `a_garder`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from language.fold import fold_words
from language.tables import word_set

SHORTEST, LONGEST = 7, 24
# What sounds alike is written one way, in this order: « farmassie » and « pharmacie » meet.
_SOUNDS = tuple(
    (re.compile(found), right)
    for found, right in (
        (r"ph", "f"), (r"ch", "x"), (r"qu|ck|k|c(?![eiy])", "k"), (r"eau|au", "o"), (r"th", "t"), (r"y", "i"), (r"z", "s"),
        (r"(?<=.)h", ""), (r"[ae][nm](?=[^aeiou])", "an"), (r"ge(?=[ao])", "j"), (r"ai|ei", "e"), (r"c(?=[ei])", "s"),
        (r"tion", "sion"), (r"([b-df-hj-np-tv-z])\1", r"\1"),
    )
)  # fmt: skip


class Vocabulary:
    """Known words (folded). Those long enough correct what is near them."""

    def __init__(self, known: Iterable[str], kept: Iterable[str] = ()) -> None:
        """`known`: words or names, in any spelling. `kept`: words that are right as they are and correct nothing (places)."""
        kept_words = word_set("words", "a_garder").union(fold_words(word) for word in kept)
        words = word_set("words", "mots").union(word for name in known for word in fold_words(name).split())
        self.known = words | kept_words
        # Words by what is left when one letter is taken out (SymSpell's idea: look-ups, no search), and by their sound.
        self._near: dict[str, str] = {}
        self._sounds: dict[str, str] = {}
        for word in sorted(word for word in words - kept_words if SHORTEST <= len(word) <= LONGEST and word.isalpha()):
            self._sounds.setdefault(sound(word), word)
            for left in (word, *_one_letter_out(word)):
                self._near.setdefault(left, word)

    def corrected(self, word: str) -> str:
        """The known word one slip away, or the word itself."""
        if not SHORTEST <= len(word) <= LONGEST or word in self.known or not word.isalpha():
            return word
        for left in (word, *_one_letter_out(word)):
            found = self._near.get(left)
            if found and _is_slip(word, found):
                return found
        heard = self._sounds.get(sound(word))
        return heard if heard and not _inflects(word, heard) else word


def sound(word: str) -> str:
    """Roughly how a word sounds."""
    for found, right in _SOUNDS:
        word = found.sub(right, word)
    return word


def _one_letter_out(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(1, len(word)))


def _is_slip(word: str, meant: str) -> bool:
    """Whether a letter is missing, too many, doubled, or two are swapped; not whether one stands for another."""
    start = next(
        (place for place, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), min(len(word), len(meant))
    )
    end = 0
    while end < min(len(word), len(meant)) - start and word[-1 - end] == meant[-1 - end]:
        end += 1
    typed, right = word[start : len(word) - end], meant[start : len(meant) - end]
    if start == 0 or _inflects(word, meant):
        return False
    if len(typed) == len(right) == 2:
        return typed == right[::-1]
    doubled = (typed or right)[:1] == word[start - 1]
    return len(typed) + len(right) == 1 and (doubled or end > 1)


def _inflects(word: str, other: str) -> bool:
    """Whether two words differ at their end only (« formé », « former »), or by « -ant » and « -ent »."""
    shorter = min(len(word), len(other))
    same = next((place for place in range(shorter) if word[place] != other[place]), shorter)
    return same >= shorter - 2 or {word[same:].rstrip("s"), other[same:].rstrip("s")} == {"ant", "ent"}


@lru_cache(maxsize=1)
def shipped_vocabulary() -> Vocabulary:
    """The words of our own table only."""
    return Vocabulary(())
