"""SubRip: no standard, many dialects. Commas or dots, hours or none, missing numbers, tags, names before a colon."""

from __future__ import annotations

import re

from channels.transcripts.cue_text import plain
from channels.transcripts.model import BrokenTranscript, Line

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{1,3}))?"
_ARROW = re.compile(rf"^\s*{_TIME}\s*-{{1,2}}>\s*{_TIME}(?:\s.*)?$", re.ASCII)
_SPEAKER = re.compile(r"^\s*(?:[-–]\s*)?\[?([^\W\d][\w .'’-]{0,30})\]?\s?:\s+(?=\S)")


def parse_srt(text: str) -> list[Line]:
    """The lines of a file.

    Raises:
        BrokenTranscript: not one line of times.
    """
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marks = [(index, match) for index, row in enumerate(rows) if (match := _ARROW.match(row))]
    if not marks:
        raise BrokenTranscript("Aucune ligne de temps « 00:00:01,000 --> 00:00:02,000 » dans ce fichier SRT.")
    ends = [index for index, _ in marks[1:]] + [len(rows)]
    cues = ((match, rows[index + 1:end], end < len(rows)) for (index, match), end in zip(marks, ends, strict=True))
    return [line for cue in cues if (line := _line(*cue))]


def _line(match: re.Match[str], rows: list[str], more: bool) -> Line | None:
    text = re.sub(r"\{\\[^}]*\}", "", "\n".join(_words(rows, more)))
    speaker, words = split_speaker(plain(text))
    return Line(words, speaker, _seconds(match.groups()[:4]), _seconds(match.groups()[4:])) if words else None


def _words(rows: list[str], more: bool) -> list[str]:
    """The rows of a cue without the number of the next one."""
    kept = list(rows)
    while kept and not kept[-1].strip():
        kept.pop()
    # The next cue's number stands just above its times, after a blank line in all but the worst files.
    if more and kept and kept[-1].strip().isdigit() and (rows[-1].strip() == kept[-1].strip()):
        kept.pop()
    return kept


def split_speaker(text: str) -> tuple[str, str]:
    """« Conseillère : bonjour » → (« Conseillère », « bonjour »); ("", text) without a name."""
    match = _SPEAKER.match(text)
    if match is None or len(match[1].split()) > 3:
        return "", text
    return match[1].strip(), text[match.end():].strip()


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    thousandths = int((fraction or "0").ljust(3, "0"))
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + thousandths / 1000
