"""How long the distress patterns read texts made to be slow, in processor time: other work on the machine does not count."""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time

from channels.safety.distress import Safety

# Beginnings that many patterns share, said again and again.
REPEATED = ("mon pere me ma je le la ", "je ", "il me va ", "pris des cachets ", "mon chef me ", "a")
SHORT, LONG = 1000, 2000  # characters; the longest message has the second


@dataclass(frozen=True)
class Reading:
    """The slowest of the texts: milliseconds at full length, and how many times dearer the double length was."""

    milliseconds: float
    growth: float


def slowest_reading() -> Reading:
    """Reads each text at both lengths."""
    safety = Safety()
    pairs = [(_milliseconds(safety, words, SHORT), _milliseconds(safety, words, LONG)) for words in REPEATED]
    return Reading(max(long for _, long in pairs), max(long / short for short, long in pairs))


def _milliseconds(safety: Safety, words: str, length: int) -> float:
    text = words * (length // len(words))
    times = []
    for _ in range(3):
        started = process_time()
        safety.check(text)
        times.append(process_time() - started)
    return min(times) * 1000
