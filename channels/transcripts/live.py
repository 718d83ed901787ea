"""Real-Time Transcription: events that come partial or final, twice, late or without a number become one text.

The result depends on which events came, never on their order: the tests try all orders.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from channels.transcripts.model import ADVISOR, CALLER, one_line, share

_TRACKS = {"inbound_track": CALLER, "outbound_track": ADVISOR, "inbound": CALLER, "outbound": ADVISOR}


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something said on one track. `sequence` is Twilio's number, None when it is missing; `at` its timestamp (ISO)."""

    track: str
    text: str
    final: bool
    sequence: int | None = None
    at: str = ""
    confidence: float | None = None

    @property
    def speaker(self) -> str:
        """« appelant » or « conseiller »."""
        return _TRACKS.get(self.track, self.track)

    @property
    def key(self) -> str:
        """The same for the same utterance delivered again."""
        return f"{self.track}:{self.sequence}" if self.sequence is not None else f"{self.track}:{self.at}:{self.text}"

    @property
    def order(self) -> tuple[str, int, str]:
        """Time first: the two tracks number their events together, but a number may be missing."""
        return self.at, self.sequence if self.sequence is not None else -1, self.key

    def wire(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def read_event(fields: Mapping[str, str]) -> Utterance | None:
    """The utterance of a « transcription-content » event; None when it holds no words (silence, other events, odd JSON)."""
    if fields.get("TranscriptionEvent", "transcription-content") != "transcription-content":
        return None
    try:
        data = json.loads(fields.get("TranscriptionData") or "{}")
    except (ValueError, RecursionError):
        return None
    text = data.get("transcript") if isinstance(data, dict) else None
    if not isinstance(text, str) or not text.strip():
        return None
    number = (fields.get("SequenceId") or "").strip()
    sequence = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None
    return Utterance((fields.get("Track") or "inbound_track")[:40], one_line(text)[:4000],
                     (fields.get("Final") or "true").strip().lower() == "true", sequence,
                     (fields.get("Timestamp") or "")[:40], share(data.get("confidence")))


def merge(known: Iterable[Utterance], new: Utterance) -> list[Utterance]:
    """All utterances in order: finals for good, at most the newest partial of each track."""
    by_key: dict[str, Utterance] = {}
    for item in [*known, new]:
        before = by_key.get(item.key)
        by_key[item.key] = item if before is None else max(before, item, key=_weight)
    return sorted(_without_stale(by_key.values()), key=lambda item: item.order)


def _weight(item: Utterance) -> tuple[bool, int, str, float, str]:
    return item.final, len(item.text), item.text, item.confidence or 0.0, item.at


def _without_stale(items: Iterable[Utterance]) -> list[Utterance]:
    kept = list(items)
    newest: dict[str, tuple[tuple[int, str], Utterance]] = {}
    for item in kept:
        rank = (item.sequence if item.sequence is not None else -1, f"{item.at}:{item.final}:{item.key}")
        if item.track not in newest or rank > newest[item.track][0]:
            newest[item.track] = (rank, item)
    # A partial that is not the newest word of its track has been said better since.
    return [item for item in kept if item.final or newest[item.track][1] is item]
