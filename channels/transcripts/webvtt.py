"""WebVTT, by the algorithms of the specification's parser section (https://www.w3.org/TR/webvtt1/#parsing): as tolerant as
a browser. Cue settings, styles and regions say how to draw and are skipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from channels.transcripts.cue_text import voices
from channels.transcripts.model import BrokenTranscript, Line
from channels.transcripts.speakers import is_invented, split_speaker, turns

_TIMESTAMP = re.compile(r"([0-9]+):([0-9]{2})(?::([0-9]{2}))?\.([0-9]{3})(?![0-9])")
_SPACE = " \t\n\f\r"
_LONGEST = 10**9  # seconds; a longer time is no call's


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue as the parser collects it: times in seconds, `text` with its tags."""

    id: str
    start: float
    end: float
    text: str


def parse_webvtt(text: str) -> list[Line]:
    """The lines of a file, one a voice.

    Raises:
        BrokenTranscript: it does not begin with WEBVTT.
    """
    return [Line(words, speaker, cue.start, cue.end) for cue in parse_cues(text) for speaker, words in _said(cue.text)
            if not is_invented(words)]


def _said(text: str) -> list[tuple[str, str]]:
    """Zoom and WhisperX write « Paul Durand: bonjour » or « [SPEAKER_00]: bonjour » instead of a voice tag."""
    found = voices(text)
    if not any(speaker for speaker, _ in found):
        return turns(text)
    return [(speaker, words) if speaker else split_speaker(words) for speaker, words in found]


def parse_cues(text: str) -> list[Cue]:
    """Every cue, those without text too.

    Raises:
        BrokenTranscript: it does not begin with WEBVTT.
    """
    text = text.removeprefix("\ufeff").replace("\x00", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith("WEBVTT") or text[6:7] not in {"", " ", "\t", "\n"}:
        raise BrokenTranscript("Un fichier WebVTT commence par la ligne « WEBVTT ».")
    return list(_Blocks(text).cues())


class _Blocks:
    """The « collect a WebVTT block » algorithm over one text; names follow the specification."""

    def __init__(self, text: str) -> None:
        self._text, self._position = text, 0
        self._seen_cue = False

    def cues(self) -> Iterator[Cue]:
        self._line()
        if self._position < len(self._text) and self._text[self._position] != "\n":
            self._block(in_header=True)
        self._skip_line_feeds()
        while self._position < len(self._text):
            cue = self._block()
            if cue is not None:
                yield cue
            self._skip_line_feeds()

    def _skip_line_feeds(self) -> None:
        while self._position < len(self._text) and self._text[self._position] == "\n":
            self._position += 1

    def _line(self) -> str:
        end = self._text.find("\n", self._position)
        end = len(self._text) if end < 0 else end
        line, self._position = self._text[self._position:end], end + 1
        return line

    def _block(self, in_header: bool = False) -> Cue | None:
        buffer: list[str] = []
        timings: tuple[str, float, float] | None = None
        count, seen_arrow, previous = 0, False, self._position
        while True:
            line = self._line()
            count += 1
            if "-->" in line:
                if in_header or count > 2 or (count == 2 and seen_arrow):
                    self._position = previous
                    break
                seen_arrow, previous = True, self._position
                timings = self._timings(line, buffer)
            elif line == "":
                break
            else:
                if count == 2 and not in_header and not self._seen_cue and self._is_definition(buffer):
                    buffer.clear()
                buffer.append(line)
                previous = self._position
            if self._position > len(self._text):
                break
        return Cue(*timings, "\n".join(buffer)) if timings else None

    def _timings(self, line: str, buffer: list[str]) -> tuple[str, float, float] | None:
        times = read_timings(line)
        if times is None:
            return None
        found = ("\n".join(buffer), *times)
        buffer.clear()
        self._seen_cue = True
        return found

    @staticmethod
    def _is_definition(buffer: list[str]) -> bool:
        return len(buffer) == 1 and buffer[0].rstrip(" \t") in {"STYLE", "REGION"}


def read_timings(line: str) -> tuple[float, float] | None:
    """(start, end) in seconds of « 00:01.000 --> 00:02.000 … »; None when the line is not such a line."""
    rest = line.lstrip(_SPACE)
    start = _TIMESTAMP.match(rest)
    rest = rest[start.end():].lstrip(_SPACE) if start else ""
    end = _TIMESTAMP.match(rest[3:].lstrip(_SPACE)) if rest.startswith("-->") else None
    times = (_seconds(start), _seconds(end)) if start and end else (None, None)
    return (times[0], times[1]) if times[0] is not None and times[1] is not None else None


def _seconds(match: re.Match[str]) -> float | None:
    first, second, third, thousandths = match.groups()
    if third is None:
        # Without a third part the first is minutes: exactly two digits, at most 59.
        if len(first) != 2 or int(first) > 59:
            return None
        first, second, third = "0", first, second
    if int(second) > 59 or int(third) > 59:
        return None
    hours = int(first) if len(first) < 12 else _LONGEST
    return min(float(hours * 3600 + int(second) * 60 + int(third)), float(_LONGEST)) + int(thousandths) / 1000
