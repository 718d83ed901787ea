"""Ordinary French words: what somebody wrote on purpose is no misspelling of a name.

« derrière » is not « verrière », « macron » is no mason. The list is `wordfreq`'s (its small one, which holds the same 20,000
words at 3 MB). It is asked while an index is built and kept in the index: whoever serves never loads the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from knowledge_base.text import fold

COMMONEST = 20_000
SHORTEST = 3
# « soudure » and « soudeur », « électricité » and « électricien »: one root, at least this long, with endings of three letters.
ROOT, ENDING = 4, 3


def ordinary_words() -> frozenset[str]:
    """The commonest words of French, folded."""
    from wordfreq import top_n_list

    return frozenset(word for typed in top_n_list("fr", COMMONEST, wordlist="small") for word in fold(typed).split()
                     if len(word) >= SHORTEST)  # fmt: skip


@lru_cache(maxsize=65536)
def akin(one: str, other: str) -> bool:
    """Whether two folded words are the same or of one root."""
    root = max(ROOT, min(len(one), len(other)) - ENDING)
    return one == other or (min(len(one), len(other)) >= root and one[:root] == other[:root])


def strays(said: Iterable[str], name: Iterable[str]) -> bool:
    """Whether one of the ordinary words that were said has nothing to do with any word of a name."""
    others = tuple(name)
    return any(not any(akin(word, other) for other in others) for word in said)
