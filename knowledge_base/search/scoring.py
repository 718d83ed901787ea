"""How well a name answers what was typed: between 0 and 1, comparable from one question to the next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from knowledge_base.search.ordinary import akin
from knowledge_base.text import sound

# Below this likeness two words are different words (« soudeur » and « vendeur » are at 0.71).
WORD_CUTOFF = 74
# Below this likeness, two words that names really hold are two words.
SAME_WORD = 0.86
# From this likeness on, what was typed is the whole name with a mistake, not a part of it.
COMPLETE = 0.80
# A name found by parts never reaches the score of a name typed in full.
PARTIAL_CEILING = 0.90
# Below, two names do not even sound alike; from SURE on there is no need to listen.
SOUNDED, SURE = 0.55, 0.95
HEARD = 0.97
SHORT = 5
QUERY_SHARE = 0.62
# « aid » for « aide »
CUT_SHORT = 0.85


@lru_cache(maxsize=65536)
def word_likeness(typed: str, word: str) -> float:
    """1 for the same word, less for a misspelt or shortened one, 0 for another word."""
    if typed == word:
        return 1.0
    if len(typed) < 4 or len(word) < 4:
        return CUT_SHORT if len(typed) == 3 and len(word) == 4 and word.startswith(typed) else 0.0
    if word.startswith(typed):
        return 0.55 + 0.45 * len(typed) / len(word)
    ratio = fuzz.ratio(typed, word, score_cutoff=WORD_CUTOFF) / 100
    if ratio:
        return ratio
    # « soudure » and « soudeur », « pâtisserie » and « pâtissier »: one root.
    root = min(len(typed), len(word)) - 3
    return 0.72 if root >= 4 and typed[:root] == word[:root] else 0.0


def coverage(
    typed: Sequence[str],
    name: Sequence[str],
    idf: Callable[[str], float],
    knows: Callable[[str], bool],
    ordinary: Callable[[str], bool],
) -> tuple[float, float]:
    """(share of what was typed that the name holds, share of the name that was typed), weighted by how telling words are."""
    weights = [idf(word) for word in name]
    best_of_name = [0.0] * len(name)
    typed_found = typed_weight = 0.0
    for word in typed:
        best, partner = 0.0, -1
        known, meant = knows(word), ordinary(word)
        for position, other in enumerate(name):
            likeness = 1.0 if word == other else word_likeness(word, other)
            if known and likeness < SAME_WORD and word[:SHORT] != other[:SHORT]:
                continue  # two words of the trade, not a misspelt one: « électricien » and « mécanicien »
            if meant and likeness < 1.0 and not akin(word, other):
                continue  # a word of everyday French: « derrière » is not « verrière »
            if likeness > best_of_name[position]:
                best_of_name[position] = likeness
            if likeness > best:
                best, partner = likeness, position
        # A misspelt word counts like the word it stands for; a word that no name knows is mostly noise.
        weight = weights[partner] if best else idf(word) * (1.0 if known else 0.5)
        typed_found += weight * best
        typed_weight += weight
    name_weight = sum(weights)
    name_found = sum(weight * found for weight, found in zip(weights, best_of_name, strict=True))
    return (typed_found / typed_weight if typed_weight else 0.0), (name_found / name_weight if name_weight else 0.0)


def partial_score(typed_share: float, name_share: float) -> float:
    """The score of a name found by parts."""
    return PARTIAL_CEILING * (QUERY_SHARE * typed_share + (1 - QUERY_SHARE) * name_share)


def diploma_score(typed: str, name: str, diplomas: Collection[str], name_sound: str = "") -> float:
    """`complete_score`, but what two names share as « CAP » or « BTS » does not make them alike.

    « CAP plumasserie » is no misspelt « CAP pâtisserie »; `diplomas` are the words in front that do not count.
    """
    whole = complete_score(typed, name, name_sound)
    if not whole or whole >= 1.0:
        return whole
    (first, _, typed_rest), (other, _, name_rest) = typed.partition(" "), name.partition(" ")
    if first != other or first not in diplomas:
        return whole
    return min(whole, complete_score(typed_rest, name_rest, sound(name_rest)))


def complete_score(typed: str, name: str, name_sound: str = "") -> float:
    """The likeness of the whole name, 0 when what was typed does not look like all of it.

    `name_sound` is `sound(name)`, kept in the index; without it nobody listens.
    """
    if typed == name:
        return 1.0
    if len(typed) < SHORT or len(name) < SHORT:
        return 0.0  # one letter makes another acronym
    ratio = fuzz.ratio(typed, name) / 100
    if ratio < SOUNDED:
        return 0.0
    if name_sound and ratio < SURE:
        ratio = max(ratio, HEARD * fuzz.ratio(sound(typed), name_sound) / 100)
    return min(ratio, 0.99) if ratio >= COMPLETE else 0.0
