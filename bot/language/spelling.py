"""Words one mistake away from a known word: a letter missing, doubled, swapped with its neighbour, or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

SHORTEST = 6  # shorter words have too many neighbours that are other words


class NearWords:
    """Index of known words by what is left when one letter is taken out (SymSpell's idea: no search, only look-ups)."""

    def __init__(self, known: Iterable[str]) -> None:
        """`known`: folded single words."""
        self._known = frozenset(known)
        self._index: dict[str, str] = {}
        for word in sorted(self._known):
            if len(word) >= SHORTEST:
                for left in (word, *_one_letter_out(word)):
                    self._index.setdefault(left, word)

    def known(self, word: str) -> bool:
        """Whether the word needs no correction."""
        return word in self._known

    def corrected(self, word: str) -> str:
        """The known word one mistake away with the same first letter, or the word itself."""
        if len(word) < SHORTEST or word in self._known:
            return word
        for left in (word, *_one_letter_out(word)):
            found = self._index.get(left)
            if found and found[0] == word[0] and abs(len(found) - len(word)) <= 1:
                return found
        return word


def _one_letter_out(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
