"""Puts alike messages together, so that one decision files them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from channels.console.unknown.candidates import Candidate
from channels.console.unknown.personal import without_names
from channels.privacy.masking import EMAIL_MASK, PHONE_MASK

ALIKE = 84  # rapidfuzz points out of 100
_INSIDE, _SHARED = 97, 3  # points; words that both must hold


@dataclass(frozen=True, slots=True)
class Group:
    """Messages that say the same. `text` is the shortest, masked; `keys` are the plain spellings of all of them
    (or their hashes)."""

    text: str
    others: Sequence[str]
    keys: Sequence[str]
    reasons: Sequence[str]
    count: int
    suggestions: Sequence[str]


def groups(found: Iterable[Candidate], plain: Callable[[str], str]) -> list[Group]:
    """Biggest first. Greedy, the shortest message first: others join the first group whose core they hold."""
    keyed = [(plain(without_names(item.text).replace(PHONE_MASK, " ").replace(EMAIL_MASK, " ")), item) for item in found]
    gathered: list[tuple[str, list[tuple[str, Candidate]]]] = []
    for key, item in sorted((pair for pair in keyed if pair[0]), key=lambda pair: len(pair[0])):
        home = next((members for first, members in gathered if alike(first, key)), None)
        if home is None:
            gathered.append((key, [(key, item)]))
        else:
            home.append((key, item))
    return sorted((_group(members) for _, members in gathered), key=lambda group: -group.count)


def alike(one: str, other: str) -> bool:
    """Nearly the same words in any order, or one is the other with something around it (« svp », « bonjour »)."""
    if fuzz.token_sort_ratio(one, other) >= ALIKE:
        return True
    return len(set(one.split()) & set(other.split())) >= _SHARED and fuzz.token_set_ratio(one, other) >= _INSIDE


def _group(members: Sequence[tuple[str, Candidate]]) -> Group:
    texts = list(dict.fromkeys(without_names(item.text) for _, item in sorted(members, key=lambda member: len(member[1].text))))
    intents = Counter(name for _, item in members for name in item.ranking[:3])
    return Group(text=texts[0], others=texts[1:4], keys=list(dict.fromkeys(key for key, _ in members)),
                 reasons=list(dict.fromkeys(item.reason for _, item in members)), count=len(members),
                 suggestions=[name for name, _ in intents.most_common(3)])
