"""Plain words of distress in English, Arabic (both scripts) and Ukrainian: fixed phrases (patterns/tongues.yml)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from language.yml import read_yml

FILE = Path(__file__).parent / "patterns" / "tongues.yml"
_MARKS = re.compile(r"[\u064b-\u0652\u0640]")  # short vowels and the stretching of Arabic
_NOT_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of one tongue, and the kind of help that it asks for."""

    tongue: str
    kind: str
    words: re.Pattern[str]


def phrases_in(text: str) -> list[tuple[str, str]]:
    """(tongue, kind) of every phrase of the message."""
    plain = folded(text)
    return [(phrase.tongue, phrase.kind) for phrase in _phrases() if phrase.words.search(plain)]


def folded(text: str) -> str:
    """Small letters, no marks, one space between words and at both ends."""
    lower = _MARKS.sub("", unicodedata.normalize("NFKC", text).lower()).replace("’", "'").replace("'", "")
    lower = lower.replace("أ", "ا").replace("إ", "ا").replace("آ", "ا").replace("ى", "ي").replace("ة", "ه")
    return f" {_NOT_WORD.sub(' ', lower).strip()} "


@cache
def _phrases() -> tuple[Phrase, ...]:
    table = read_yml(FILE.read_text("utf-8"))
    return tuple(
        Phrase(tongue, kind, re.compile(" (?:" + "|".join(folded_pattern(entry) for entry in entries) + ") "))
        for tongue, kinds in table.items()
        for kind, entries in kinds.items()
    )


def folded_pattern(entry: str) -> str:
    """`(a|b)` stays, letters are folded as those of messages are."""
    for mark, plain in (("'", ""), ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ي"), ("ة", "ه")):
        entry = entry.replace(mark, plain)
    return entry.lower()
