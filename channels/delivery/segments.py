"""Counts the segments of an SMS as Twilio bills them: GSM-7 (160, then 153 a segment) or UCS-2 (70, then 67).

Source: 3GPP TS 23.038 for the alphabet; the tests run it beside npm's sms-segments-calculator on every reply.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

GSM_BASIC = frozenset("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                      "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")
# Reached by an escape: two places each.
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")
GSM = GSM_BASIC | GSM_EXTENDED
_SEGMENT = 140 * 8  # bits
_HEADER = 6 * 8  # bits that each part of a message in several parts gives to its number
_ZWJ = "\u200d"

Encoding = Literal["GSM-7", "UCS-2"]


@dataclass(frozen=True, slots=True)
class Measure:
    """`segments` ≥ 1; `size` in places of the alphabet (GSM-7) or characters as people see them (UCS-2); `left`: places
    still free in the last segment (`left` of UCS-2 in 16-bit units)."""

    encoding: Encoding
    segments: int
    size: int
    left: int


def is_gsm(text: str) -> bool:
    """True when the whole text is in the GSM-7 alphabet."""
    return GSM.issuperset(text)


def measure(text: str) -> Measure:
    """How an SMS with this body is cut."""
    gsm = is_gsm(text)
    bits = [14 if character in GSM_EXTENDED else 7 for character in text] if gsm else [
        16 * _utf16_units(cluster) for cluster in graphemes(text)]
    parts = _cut(bits)
    left = (_SEGMENT - parts[-1] - (_HEADER if len(parts) > 1 else 0)) // (7 if gsm else 16)
    return Measure("GSM-7" if gsm else "UCS-2", len(parts), sum(bits) // 7 if gsm else len(bits), left)


def segments(text: str) -> int:
    """How many segments an SMS with this body takes (an empty one takes one)."""
    return measure(text).segments


def graphemes(text: str) -> list[str]:
    """The text cut where people see characters: accents, emoji sequences and flags stay whole."""
    clusters: list[str] = []
    for character in text:
        if clusters and _joins(clusters[-1], character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _cut(bits: list[int]) -> list[int]:
    """Bits used by each part, headers not counted; a character is never cut in two."""
    if sum(bits) <= _SEGMENT:
        return [sum(bits)]
    return list(_parts(bits, _SEGMENT - _HEADER))


def _parts(bits: list[int], room: int) -> Iterator[int]:
    used = 0
    for size in bits:
        if used + size > room:
            yield used
            used = 0
        used += size
    yield used


def _utf16_units(cluster: str) -> int:
    return len(cluster.encode("utf-16-le", "surrogatepass")) // 2


def _joins(before: str, character: str) -> bool:
    if before in "\r\n" or character in "\r\n":
        return False
    code = ord(character)
    if unicodedata.category(character) in {"Mn", "Me", "Mc"} or character == _ZWJ or 0x1F3FB <= code <= 0x1F3FF:
        return True
    if before.endswith(_ZWJ):
        return code >= 0x2190  # pictures only
    return _is_flag(character) and len(before) == 1 and _is_flag(before)


def _is_flag(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF
