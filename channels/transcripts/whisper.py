"""Whisper's JSON: OpenAI's (`segments`), whisper.cpp's (`transcription`), WhisperX's (with speakers). Any field may be null."""

from __future__ import annotations

import math
from typing import Any

from channels.transcripts.model import BrokenTranscript, Line, finite, one_line, share
from channels.transcripts.srt import is_invented

_LISTS = ("segments", "chunks", "transcription")
_SILENCE = 0.9  # no_speech_prob above which Whisper invents words


def parse_whisper(data: Any) -> list[Line]:
    """The lines of a decoded document.

    Raises:
        BrokenTranscript: neither segments nor text.
    """
    if isinstance(data, list):
        data = {"segments": data}
    if not isinstance(data, dict):
        raise BrokenTranscript
    segments = next((data[name] for name in _LISTS if isinstance(data.get(name), list)), None)
    if isinstance(segments, list):
        return [line for item in segments if isinstance(item, dict) and (line := _line(item))]
    if isinstance(data.get("text"), str):
        return [Line(one_line(data["text"]))] if data["text"].strip() else []
    raise BrokenTranscript("Ce JSON ne contient ni « segments » ni « text ».")


def _line(item: dict[str, Any]) -> Line | None:
    text = item.get("text")
    if not isinstance(text, str) or not text.strip() or (finite(item.get("no_speech_prob")) or 0.0) > _SILENCE:
        return None
    if is_invented(text):
        return None
    speaker = item.get("speaker")
    start, end = _times(item)
    return Line(one_line(text), one_line(speaker) if isinstance(speaker, str) else "", start, end, _confidence(item))


def _times(item: dict[str, Any]) -> tuple[float | None, float | None]:
    stamp = item.get("timestamp")
    if isinstance(stamp, list) and len(stamp) == 2:  # the chunks of transformers
        return finite(stamp[0]), finite(stamp[1])
    offsets = item.get("offsets")
    if isinstance(offsets, dict):  # whisper.cpp, milliseconds
        start, end = finite(offsets.get("from")), finite(offsets.get("to"))
        return (None if start is None else start / 1000), (None if end is None else end / 1000)
    return finite(item.get("start")), finite(item.get("end"))


def _confidence(item: dict[str, Any]) -> float | None:
    given = share(item.get("confidence"))
    log_probability = finite(item.get("avg_logprob"))
    if given is not None or log_probability is None:
        return given
    return round(math.exp(min(0.0, max(-50.0, log_probability))), 4)
