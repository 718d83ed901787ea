"""Any bytes to a transcript, or a typed error: decoding, recognising the format, parsing."""

from __future__ import annotations

import json
import re
from typing import Any

from channels.transcripts.model import (
    BrokenTranscript,
    EmptyTranscript,
    Line,
    Transcript,
    TranscriptTooLarge,
    UnknownFormat,
)
from channels.transcripts.srt import parse_srt
from channels.transcripts.twilio_sentences import parse_twilio_sentences
from channels.transcripts.webvtt import parse_webvtt
from channels.transcripts.whisper import parse_whisper

MOST_BYTES = 10_000_000
_LONGEST_LINE, _MOST_CHARACTERS = 20_000, 1_000_000
# What wants to be WebVTT is judged as WebVTT, even when its first line is not quite right: it must not pass for a SubRip file.
_ALMOST_WEBVTT = re.compile(r"[\ufeff\s]*web(?:vtt|srt)", re.IGNORECASE)


def read_transcript(data: bytes) -> Transcript:
    """Recognises and parses a file by what is in it, whatever its name.

    Raises:
        TranscriptError: unknown format, broken frame, no words, or too large. Nothing else, whatever the bytes.
    """
    if len(data) > MOST_BYTES:
        raise TranscriptTooLarge
    text = _decoded(data)
    lines, name = _parsed(text)
    if not lines:
        raise EmptyTranscript
    # A call of three hours is a fifth of this; looking for names and numbers in a line of megabytes would stop everybody else.
    if max(len(line.text) for line in lines) > _LONGEST_LINE or sum(len(line.text) for line in lines) > _MOST_CHARACTERS:
        raise TranscriptTooLarge
    return Transcript(tuple(lines), name)


def _parsed(text: str) -> tuple[list[Line], str]:
    head = text.removeprefix("\ufeff").lstrip()
    if _ALMOST_WEBVTT.match(text):
        return parse_webvtt(text), "webvtt"
    if head.startswith(("{", "[")):
        return _from_json(head)
    if "->" in text:
        return parse_srt(text), "srt"
    raise UnknownFormat


def _from_json(text: str) -> tuple[list[Line], str]:
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        data = _one_a_line(text)
        if data is None:
            raise BrokenTranscript("Ce fichier JSON est coupé ou mal formé.") from error
    segments = isinstance(data, list) and data and all(isinstance(item, dict) and "text" in item for item in data)
    if segments:
        return parse_whisper(data), "whisper"
    if isinstance(data, list) or (isinstance(data, dict) and "sentences" in data):
        return parse_twilio_sentences(data), "twilio"
    if isinstance(data, dict) and {"segments", "transcription", "text", "chunks", "result", "output", "transcript"} & data.keys():
        return parse_whisper(data), "whisper"
    raise UnknownFormat


def _one_a_line(text: str) -> list[Any] | None:
    """A segment a line (JSON Lines); None when it is not."""
    try:
        found = [json.loads(row) for row in text.splitlines() if row.strip()]
    except (ValueError, RecursionError):
        return None
    return found if len(found) > 1 and all(isinstance(item, dict) for item in found) else None


# Where the zeros of the first four bytes lie when a file begins with two plain letters and without a mark of byte order.
_UNMARKED = {(0, 0, 0, 1): "utf-32-be", (1, 0, 0, 0): "utf-32-le", (0, 1, 0, 1): "utf-16-be", (1, 0, 1, 0): "utf-16-le"}


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return data.decode("utf-32", "replace")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    unmarked = _UNMARKED.get(tuple(int(byte > 0) for byte in data[:4]))  # type: ignore[arg-type]
    if unmarked:
        return data.decode(unmarked, "replace")
    try:
        return data.decode("utf-8")  # the parsers take one mark of byte order away, a second one is text
    except UnicodeDecodeError:
        # A WebVTT file is UTF-8 by definition; old SRT files are written in Windows' code page.
        webvtt = data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")
        return data.decode("utf-8", "replace") if webvtt else data.decode("cp1252", "replace")
