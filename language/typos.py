"""Words one slip away from a known word; never one French word for another.

Without a dictionary of French, a correction is believed only when it cannot be another word: seven letters at least, the first
one right, and a slip of the fingers or of the ear (a letter doubled, missing, too many, two swapped, « f » for « ph »). A slip in
the last two letters is an inflection (« apprentis ») and is left alone. Tried on the 20,000 commonest French words with the words
of all our sheets known: about 70 would have changed (2,600 with any letter wrong); they stand in `words.yml`, `a_garder`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from language.fold import fold_words
from language.tables import word_set

SHORTEST = 7
LONGEST = 24
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SOUNDS = (
    ("s", "c"),
    ("c", "s"),
    ("i", "y"),
    ("y", "i"),
    ("k", "c"),
    ("c", "k"),
    ("z", "s"),
    ("s", "z"),
    ("e", "a"),
    ("a", "e"),
    ("k", "qu"),
    ("qu", "k"),
    ("f", "ph"),
    ("ph", "f"),
    ("o", "au"),
    ("au", "o"),
    ("eau", "o"),
    ("t", "th"),
    ("th", "t"),
    ("h", ""),
    ("m", "n"),
    ("n", "m"),
    ("ss", "c"),
    ("c", "ss"),
    ("g", "j"),
    ("j", "g"),
    ("ai", "e"),
    ("e", "ai"),
    ("tion", "ssion"),
    ("ssion", "tion"),
)


class Vocabulary:
    """Known words (folded). Those long enough correct what is near them."""

    def __init__(self, known: Iterable[str], kept: Iterable[str] = ()) -> None:
        """`known`: words or names, in any spelling. `kept`: words that are right as they are and correct nothing (places)."""
        kept_words = word_set("words", "a_garder").union(fold_words(word) for word in kept)
        words = word_set("words", "mots").union(word for name in known for word in fold_words(name).split())
        self.known = words | kept_words
        self._targets = frozenset(word for word in words - kept_words if SHORTEST <= len(word) <= LONGEST)

    def corrected(self, word: str) -> str:
        """The known word one slip away, or the word itself."""
        if not SHORTEST - 1 <= len(word) <= LONGEST or word in self.known or not word.isalpha():
            return word
        for slip in slips(word):
            if slip in self._targets and not _inflects(word, slip):
                return slip
        return word


def slips(word: str) -> Iterator[str]:
    """What might have been meant, the likeliest first."""
    yield from _doubled(word)
    yield from _swapped(word)
    yield from _heard(word)
    for place in range(1, len(word) - 2):
        yield word[:place] + word[place + 1 :]
        yield from (word[:place] + letter + word[place:] for letter in _LETTERS)


def _doubled(word: str) -> Iterator[str]:
    for place in range(1, len(word)):
        if word[place] == word[place - 1]:
            yield word[:place] + word[place + 1 :]
        elif place < len(word) - 1:
            yield word[: place + 1] + word[place:]


def _swapped(word: str) -> Iterator[str]:
    for place in range(1, len(word) - 1):
        if word[place] != word[place + 1]:
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _heard(word: str) -> Iterator[str]:
    for said, written in _SOUNDS:
        place = word.find(said, 1)
        while place > 0:
            yield word[:place] + written + word[place + len(said) :]
            place = word.find(said, place + 1)


def _inflects(word: str, other: str) -> bool:
    """Whether two words differ at their end only (« formé », « former »), or by « -ant » and « -ent »."""
    shorter = min(len(word), len(other))
    same = next((place for place in range(shorter) if word[place] != other[place]), shorter)
    return same >= shorter - 2 or {word[same:].rstrip("s"), other[same:].rstrip("s")} == {"ant", "ent"}


@lru_cache(maxsize=1)
def shipped_vocabulary() -> Vocabulary:
    """The words of our own table only."""
    return Vocabulary(())
