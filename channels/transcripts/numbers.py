"""The number at which a caller asked to be called back: read before the transcript is masked, in figures or in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from channels.privacy.masking import read_phone
from channels.transcripts.model import ADVISOR, Line
from language.times_line import plain_line


def number_given(lines: Sequence[Line]) -> str | None:
    """The last number that the caller said, else the last that anybody said (an advisor repeats it), in E.164."""
    callers = _numbers(line.text for line in lines if line.speaker != ADVISOR)
    given = callers or _numbers(line.text for line in lines)
    return given[-1] if given else None


def _numbers(texts: Iterable[str]) -> list[str]:
    # « zéro six, douze, trente-quatre… » is figures once it is plain.
    return [number for text in texts if (number := read_phone(text) or read_phone(plain_line(text).replace(" , ", " ")))]
