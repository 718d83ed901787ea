"""Events of a transcription in every order, twice or never: the same text each time."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.transcripts.live import Utterance, merge, read_event


def event(text: str, sequence: str = "1", track: str = "inbound_track", final: str = "true", **more: str) -> dict[str, str]:
    """The fields that Twilio sends."""
    return {
        "TranscriptionSid": "GT1",
        "CallSid": "CA1",
        "LanguageCode": "fr-FR",
        "TranscriptionEvent": "transcription-content",
        "Track": track,
        "TranscriptionData": json.dumps({"transcript": text, "confidence": 0.9}),
        "Final": final,
        "SequenceId": sequence,
        "Timestamp": f"2026-11-24T10:00:{int(sequence or 0):02d}.000Z",
        **more,
    }


def test_an_event_is_read_with_its_track_and_confidence() -> None:
    assert read_event(event(" Bonjour ", "3")) == Utterance(
        "inbound_track", "Bonjour", True, 3, "2026-11-24T10:00:03.000Z", 0.9
    )
    found = read_event(event("Je", final="false", track="outbound_track"))
    assert found is not None and not found.final and found.speaker == "conseiller"


@pytest.mark.parametrize(
    "fields",
    [
        {"TranscriptionEvent": "transcription-started"},
        {"TranscriptionEvent": "transcription-error"},
        {"TranscriptionData": ""},
        {"TranscriptionData": "{"},
        {"TranscriptionData": "[1]"},
        {"TranscriptionData": '{"transcript": null}'},
        {"TranscriptionData": '{"transcript": " "}'},
    ],
)
def test_events_without_words_are_nothing(fields: dict[str, str]) -> None:
    assert read_event({**event("x"), **fields}) is None


EVENTS = [
    event("Bon", "1", final="false"),
    event("Bonjour", "2", final="false"),
    event("Bonjour madame.", "3"),
    event("Bonjour.", "4", track="outbound_track"),
    event("Je cher", "5", final="false"),
    event("Sans numéro.", "", Timestamp="2026-11-24T10:00:04.500Z"),
]


def texts(fields: list[dict[str, str]]) -> list[str]:
    """What is shown after these events."""
    found: list[Utterance] = []
    for one in fields:
        said = read_event(one)
        assert said is not None
        found = merge(found, said)
    return [item.text for item in found]


def test_every_order_gives_the_same_text() -> None:
    expected = ["Bonjour madame.", "Bonjour.", "Sans numéro.", "Je cher"]
    assert {tuple(texts(list(order))) for order in itertools.permutations(EVENTS)} == {tuple(expected)}


@given(st.lists(st.sampled_from(EVENTS), min_size=1, max_size=12))
def test_repetitions_change_nothing(events: list[dict[str, str]]) -> None:
    assert texts(events) == texts(events + events) == texts(list(reversed(events)))
