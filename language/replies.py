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
# Google Messages puts marks that nobody sees around what it quotes.
_UNSEEN = dict.fromkeys(map(ord, "\u200a\u200b\u200c\u200e\u200f\u202a\u202c\u2060\u2068\u2069\ufeff"))
_EMOJI = r"[^\w\s«»“”\"„]{1,12}"
# What stands between the verb and what is quoted: « le message », « un J’aime de », « with a heart to your ».
_LINK = (rf"(?:\s+(?:{_EMOJI}|a|an|to|from|with|sur|de|du|par|avec|un|une|le|la|votre|your|the|message|texto|sms|like|"
         r"heart|laugh|dislike|exclamation|question|mark|emphasis|coeur|j'aime|j'adore|je n'aime pas|rire|point|d'exclamation|"
         r"d'interrogation|haha|reaction|:)(?=\s|$|:|[«“\"„]))*\s*:?\s*")
_QUOTED = rf"{_LINK}\W{{0,3}}[«“\"„].*[»”\"]\W*"
# A picture or a message reacted to is named, not quoted.
_NAMED = (rf"(?:\s+{_EMOJI})?\s+(?:to\s+|a\s+|de\s+|d')?(?:an?|une?|votre|your|the)\s+"
          r"(?:image|photo|picture|video|movie|gif|sticker|attachment|piece jointe|"
          r"(?:audio )?message(?: audio| vocal)?|sms|texto)\W*")


def reply_of(text: str, forms: Sequence[str]) -> Reply:
    """What kind of mere reply a message is; "" for all others."""
    if _reaction().match(fold(text.translate(_UNSEEN).strip())):
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
    told = rf"(?:{verbs})(?:{_QUOTED}|{_NAMED})"
    return re.compile(rf"(?:{told}|\s*{_EMOJI}\s+(?:a|to|sur)\s+{_QUOTED.lstrip()})$", re.DOTALL)
