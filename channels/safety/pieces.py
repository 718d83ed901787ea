"""A message cut into pieces, so that one clause of distress is heard inside a long question about something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate

SHORTEST = 2  # words of a clause
WINDOW, STEP = 9, 4  # words; chosen on lists by authors left out
# What the encoder reads of one message at most, whatever is typed: the patterns read the whole of it.
MOST = 28  # pieces
LONGEST, LONGEST_PIECE, IN_ALL = 800, 160, 2000  # characters of the whole message, of each other piece, of all together
_ENDS = re.compile(r"[.,;:!?…()«»\"\n،؟]+")
_WORD = re.compile(r"[^\s.,;:!?…()«»\"،؟]+")
_JOINTS = frozenset({"mais", "et", "car", "parce", "puis", "donc", "but", "and", "because"})
_CUTS = re.compile(
    r"(?<=[.;:!?…\n])|,|\b(?=(?:mais|et|car|parce que|parce qu|pcq|pck|puis|donc|pour|but|and|because)\b)"
    r"|\b(?=est[- ]ce qu|(?:je voudrais savoir|j'aimerais savoir|je cherche|jcherche|c'est quoi|c koi)\b)", re.IGNORECASE
)
_REPEATED = re.compile(r"(\w)\1{2,}")


def pieces(text: str) -> list[str]:
    """The whole message, its clauses, and windows over it when it is long: in small letters, the whole first."""
    lower = _REPEATED.sub(r"\1\1", unicodedata.normalize("NFC", text).lower().replace("’", "'"))
    words = _WORD.findall(lower)
    cut = [clause for clause in _clauses(lower) if SHORTEST <= len(clause) < len(words)]
    kept = (" ".join(forms) for forms in [words, *cut, *_windows(words)])
    cut_short = (text[: LONGEST_PIECE if place else LONGEST] for place, text in enumerate(kept))
    told = list(dict.fromkeys(text for text in cut_short if text))[:MOST]
    ends = accumulate(map(len, told))
    return [text for text, end in zip(told, ends, strict=True) if end <= IN_ALL]


def clauses(text: str) -> list[str]:
    """The clauses of a message as they were typed: cut at signs, at words that join and at those that begin a question."""
    return [part.strip() for part in _CUTS.split(text) if part.strip()]


def _clauses(lower: str) -> Iterator[list[str]]:
    for part in _ENDS.split(lower):
        clause: list[str] = []
        for word in part.split():
            if word in _JOINTS:
                yield clause
                clause = []
            else:
                clause.append(word)
        yield clause


def _windows(words: Sequence[str]) -> list[Sequence[str]]:
    if len(words) <= WINDOW + STEP - 1:
        return []
    return [words[start : start + WINDOW] for start in range(0, len(words) - WINDOW + STEP, STEP)]
