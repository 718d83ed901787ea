"""Whisper's JSON: OpenAI's (`segments`), whisper.cpp's (`transcription`), WhisperX's (with speakers). Any field may be null."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from channels.transcripts.model import BrokenTranscript, Line, finite, one_line, share
from channels.transcripts.speakers import is_invented, split_speaker

_WRAPPERS = ("result", "output", "transcript", "transcription", "response")
_LISTS = ("segments", "chunks", "transcription")
_SPEAKERS = ("speaker", "speaker_id", "speaker_label")
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
    data = next((data[name] for name in _WRAPPERS if isinstance(data.get(name), dict)), data)
    segments = next((data[name] for name in _LISTS if isinstance(data.get(name), list)), None)
    if isinstance(segments, list) and (segments or not isinstance(data.get("text"), str)):
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
    speaker, words = _speaker(item), one_line(text)
    if not speaker:
        speaker, words = split_speaker(words)
    start, end = _times(item)
    return Line(words, speaker, start, end, _confidence(item))


def _speaker(item: dict[str, Any]) -> str:
    """Of the segment, else whoever says most of its words."""
    words = item.get("words")
    inside = [word for word in words if isinstance(word, dict)] if isinstance(words, list) else []
    own = next((name for key in _SPEAKERS if (name := _name(item.get(key)))), "")
    named = Counter(name for word in inside if (name := _name(word.get("speaker"))))
    return own or next((name for name, _ in named.most_common(1)), "")


def _name(value: object) -> str:
    number = isinstance(value, int) and not isinstance(value, bool)
    return one_line(str(value)) if number or isinstance(value, str) else ""


def _times(item: dict[str, Any]) -> tuple[float | None, float | None]:
    stamp = item.get("timestamp")
    if isinstance(stamp, list) and len(stamp) == 2:  # the chunks of transformers
        return finite(stamp[0]), finite(stamp[1])
    offsets = item.get("offsets")
    if isinstance(offsets, dict):  # whisper.cpp, milliseconds
        start, end = finite(offsets.get("from")), finite(offsets.get("to"))
        return (None if start is None else start / 1000), (None if end is None else end / 1000)
    stamps = item.get("timestamps")
    if isinstance(stamps, dict):  # whisper.cpp again, « 00:00:01,000 »
        return _clock(stamps.get("from")), _clock(stamps.get("to"))
    return finite(item.get("start")), finite(item.get("end"))


def _clock(value: object) -> float | None:
    numbers = [finite(part) for part in str(value).split(":")]
    if len(numbers) > 3 or None in numbers:
        return None
    return sum((number or 0.0) * 60.0**place for place, number in enumerate(reversed(numbers)))


def _confidence(item: dict[str, Any]) -> float | None:
    given = share(item.get("confidence"))
    log_probability = finite(item.get("avg_logprob"))
    if given is not None or log_probability is None:
        return given
    return round(math.exp(min(0.0, max(-50.0, log_probability))), 4)
