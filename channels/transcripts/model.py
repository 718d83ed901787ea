"""What every format becomes: lines with a speaker, times and a confidence; and the errors of reading."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from channels.errors import HelplineError

CALLER, ADVISOR = "appelant", "conseiller"


class TranscriptError(HelplineError):
    """Base of what reading a transcript may raise, whatever the bytes."""

    status, code, default = 422, "unreadable_transcript", "Ce fichier n'est pas une transcription lisible."


class UnknownFormat(TranscriptError):
    """None of the four formats."""

    default = "Format inconnu : WebVTT, SRT, JSON de Whisper ou phrases JSON de Twilio Voice Intelligence sont acceptés."


class BrokenTranscript(TranscriptError):
    """The format is known and its frame is broken."""


class EmptyTranscript(TranscriptError):
    """Readable, and nobody says anything in it."""

    default = "Cette transcription ne contient aucune parole."


class TranscriptTooLarge(TranscriptError):
    """More than a call can hold."""

    status: ClassVar[int] = 413
    code: ClassVar[str] = "too_large"
    default = "Ce fichier est trop gros pour une transcription d'appel."


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance. `start`, `end` in seconds, `confidence` 0..1; None when the file does not say. `speaker` as written in
    the file (« appelant » and « conseiller » are the two we know), "" when unknown."""

    text: str
    speaker: str = ""
    start: float | None = None
    end: float | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """`format`: webvtt | srt | whisper | twilio."""

    lines: tuple[Line, ...]
    format: str


def finite(value: object) -> float | None:
    """A number of a JSON file as a finite float; None for anything else (null, text, NaN, infinity, true)."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value.replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def share(value: object) -> float | None:
    """A confidence between 0 and 1; None for anything else."""
    found = finite(value)
    return found if found is not None and 0.0 <= found <= 1.0 else None


def one_line(text: str) -> str:
    """The text with single spaces, and nothing that no database can hold (half characters of a JSON escape)."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "").split())
