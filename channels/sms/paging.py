"""Cuts a text into pages of at most two segments, at the ends of sentences where possible."""

from __future__ import annotations

import re

from channels.delivery.segments import segments

PAGE_SEGMENTS = 2
# Neither the full stop of « 1. Vétérinaire » nor one before a small letter (« fruits… du marché ») ends a sentence.
_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\b\d\.)\s+(?![a-zà-ÿ])|\n+")
_CUT = "..."
_LITTLE = 50  # characters


def fits(text: str, limit: int = PAGE_SEGMENTS) -> bool:
    """True when the text goes out in `limit` segments."""
    return segments(text) <= limit


def first_page(text: str, after: str) -> tuple[str, str]:
    """(what fits when `after` follows it in the same SMS, what is left); the first part is never empty."""
    pieces = _SENTENCE.split(text)
    separators = [match[0] for match in _SENTENCE.finditer(text)]
    for count in range(len(pieces), 0, -1):
        page = _joined(pieces[:count], separators)
        announces = page.endswith(":") and 1 < count < len(pieces)  # « Comment faire : » belongs to what follows
        if not announces and fits(page + after):
            return _unless_too_little((page, _joined(pieces[count:], separators[count:])), text, after)
    return _cut_words(text, after)


def _unless_too_little(page: tuple[str, str], text: str, after: str) -> tuple[str, str]:
    """A page that only greets says nothing of the answer: then its long sentence is cut, when a good part of it has room."""
    if not page[1] or len(page[0]) >= _LITTLE:
        return page
    cut = _cut_words(text, after)
    return cut if len(cut[0]) > len(page[0]) + _LITTLE else page


def pages(text: str, after: str) -> list[str]:
    """All pages of a text; each but the last leaves room for `after` (how to ask for more)."""
    found = []
    while text and not fits(text):
        page, text = first_page(text, after)
        found.append(page)
    return [*found, text] if text else found


def _joined(pieces: list[str], separators: list[str]) -> str:
    text = "".join(piece + ("\n" if "\n" in between else " ")
                   for piece, between in zip(pieces, [*separators, " "], strict=False))
    return text.strip()


def _cut_words(text: str, after: str) -> tuple[str, str]:
    """One sentence that is too long alone: cut between words, or anywhere when it has none."""
    low, high = 1, len(text)
    while low < high:  # the longest start that fits
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle].rstrip() + _CUT + after) else (low, middle - 1)
    cut = text.rfind(" ", 0, low + 1)
    cut = cut if cut > low // 2 else low
    return text[:cut].rstrip() + _CUT, text[cut:].lstrip()
