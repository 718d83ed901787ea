"""Twilio Voice Intelligence: `sentences[]` with channel, index, times and confidence, each of which may be null."""

from __future__ import annotations

from typing import Any

from channels.transcripts.model import ADVISOR, CALLER, BrokenTranscript, Line, finite, one_line, share

# The channels of a dual recording of an inbound call: the caller's leg is the first.
_SPEAKERS = {1: CALLER, 2: ADVISOR}


def parse_twilio_sentences(data: Any) -> list[Line]:
    """The lines of a decoded document, in the order of `sentence_index`, else of time, else of the file.

    Raises:
        BrokenTranscript: no list of sentences.
    """
    sentences = data.get("sentences") if isinstance(data, dict) else data
    if not isinstance(sentences, list):
        raise BrokenTranscript("Ce JSON ne contient pas de liste « sentences ».")
    rows = [item for item in sentences if isinstance(item, dict)]
    for name in ("sentence_index", "start_time"):
        if rows and all(finite(item.get(name)) is not None for item in rows):
            rows.sort(key=lambda item, name=name: finite(item.get(name)) or 0.0)  # type: ignore[misc]
            break
    return [line for item in rows if (line := _line(item))]


def _line(item: dict[str, Any]) -> Line | None:
    text = item.get("transcript")
    if not isinstance(text, str) or not text.strip():
        return None
    channel = finite(item.get("media_channel"))
    speaker = _SPEAKERS.get(int(channel), f"canal {int(channel)}") if channel is not None and abs(channel) < 1000 else ""
    start, end = finite(item.get("start_time")), finite(item.get("end_time"))
    return Line(one_line(text), speaker, start, end, share(item.get("confidence")))
