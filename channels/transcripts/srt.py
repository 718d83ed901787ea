"""SubRip: no standard, many dialects. Commas or dots, hours or none, missing numbers, tags, names before a colon."""

from __future__ import annotations

import re
from unicodedata import normalize

from channels.transcripts.model import BrokenTranscript, Line
from channels.transcripts.speakers import is_invented, turns

_TIME = r"-?(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{1,3}))?"
_ARROW = re.compile(rf"^\s*{_TIME}\s*-{{1,2}}>\s*{_TIME}(?:\s.*)?$", re.ASCII)
_INDEX = re.compile(r"#?\d+[.):]?")


def parse_srt(text: str) -> list[Line]:
    """The lines of a file.

    Raises:
        BrokenTranscript: not one line of times.
    """
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marks = [(index, match) for index, row in enumerate(rows) if (match := _ARROW.match(normalize("NFKC", row)))]
    if not marks:
        raise BrokenTranscript("Aucune ligne de temps « 00:00:01,000 --> 00:00:02,000 » dans ce fichier SRT.")
    ends = [index for index, _ in marks[1:]] + [len(rows)]
    cues = ((match, rows[index + 1:end], end < len(rows)) for (index, match), end in zip(marks, ends, strict=True))
    return [line for cue in cues for line in _lines(*cue)]


def _lines(match: re.Match[str], rows: list[str], more: bool) -> list[Line]:
    text = re.sub(r"\{\\[^}]*\}", "", "\n".join(_words(rows, more)))
    start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
    return [Line(words, speaker, start, end) for speaker, words in turns(text) if not is_invented(words)]


def _words(rows: list[str], more: bool) -> list[str]:
    """The rows of a cue without the number of the next one."""
    kept = list(rows)
    while kept and not kept[-1].strip():
        kept.pop()
    # The next cue's number stands just above its times, after a blank line in all but the worst files.
    if more and kept and _INDEX.fullmatch(kept[-1].strip()) and (rows[-1].strip() == kept[-1].strip()):
        kept.pop()
    return kept


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    thousandths = int((fraction or "0").ljust(3, "0"))
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + thousandths / 1000
