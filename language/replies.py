"""Messages that ask nothing: a telephone's reaction quoting us, only thanks, only yes or no."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from language.fold import fold
from language.tables import table, word_set

Reply = Literal["", "reaction", "thanks", "yes", "no"]
LONGEST_REPLY = 12  # words
_QUOTED = r"\s*(?:\S{1,12}\s+)?(?:(?:a|to|sur|un|une|an?|the)\s+)*\W{0,3}[«“\"„].*[»”\"]\W*"


def reply_of(text: str, forms: Sequence[str]) -> Reply:
    """What kind of mere reply a message is; "" for all others."""
    if _reaction().match(fold(text.strip("\u200e\u200f\u200b \n"))):
        return "reaction"
    if not forms or len(forms) > LONGEST_REPLY or "?" in text:
        return ""
    kinds: tuple[tuple[Reply, str], ...] = (("thanks", "merci"), ("no", "non"), ("yes", "oui"))
    for kind, key in kinds:
        if not word_set("replies", key).isdisjoint(forms) and _only_polite(forms, key):
            return kind
    return ""


def _only_polite(forms: Sequence[str], key: str) -> bool:
    return set(forms) <= word_set("replies", "politesse") | word_set("replies", key)


@lru_cache(maxsize=1)
def _reaction() -> re.Pattern[str]:
    verbs = "|".join(sorted((re.escape(fold(verb)) for verb in table("replies")["reactions"]), key=len, reverse=True))
    # fold() turns « … » into nothing else: the quotes stay, the apostrophes are plain.
    return re.compile(rf"(?:{verbs}){_QUOTED}$", re.DOTALL)
