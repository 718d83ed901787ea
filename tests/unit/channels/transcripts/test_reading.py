"""Four formats, recognised by what is in them; whatever the bytes, a transcript or a typed error."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from channels.transcripts.model import (
    BrokenTranscript,
    EmptyTranscript,
    Line,
    Transcript,
    TranscriptError,
    TranscriptTooLarge,
    UnknownFormat,
)
from channels.transcripts.reading import MOST_BYTES, read_transcript


def lines(data: str | bytes) -> list[Line]:
    """The lines of a file."""
    return list(read_transcript(data if isinstance(data, bytes) else data.encode()).lines)


SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\nConseillère : Bonjour.\n\n"
    "2\n00:00:03,000 --> 00:00:04,000\nAppelant : <i>Oui</i>\nbonjour\n"
)


def test_srt_is_read_with_names_times_and_tags() -> None:
    assert lines(SRT) == [Line("Bonjour.", "Conseillère", 1.0, 2.5), Line("Oui bonjour", "Appelant", 3.0, 4.0)]


@pytest.mark.parametrize(
    "text",
    [
        SRT.replace("\n", "\r\n"),
        "\ufeff" + SRT,
        SRT.replace(",", "."),
        SRT.replace("\n\n2\n", "\n2\n"),
        SRT.replace("1\n00", "00").replace("2\n00", "00"),
        SRT.replace("00:00:0", "0:0:"),
        SRT.replace("-->", "->"),
        SRT.replace("02,500", "02,500  X1:10 X2:20"),
        "\n\n" + SRT + "\n\n\n",
    ],
)
def test_the_dialects_of_srt_say_the_same(text: str) -> None:
    assert [line.text for line in lines(text)] == ["Bonjour.", "Oui bonjour"]


def test_an_old_srt_in_windows_letters_is_read() -> None:
    assert lines(SRT.encode("cp1252"))[0].speaker == "Conseillère"
    assert lines(SRT.encode("utf-16"))[0].speaker == "Conseillère"
    assert lines(b"\xef\xbb\xbf" + SRT.encode())[0].speaker == "Conseillère"


def test_a_time_of_day_said_in_a_sentence_is_no_speaker() -> None:
    assert lines("1\n00:00:01,000 --> 00:00:02,000\nOuvert de 9:00 à midi : oui\n")[0].speaker == ""


WHISPER = {
    "text": "x",
    "language": "fr",
    "segments": [
        {"id": 0, "start": 0.0, "end": 2.5, "text": " Bonjour.", "avg_logprob": -0.1, "no_speech_prob": 0.01},
        {"id": 1, "start": None, "end": None, "text": " Oui.", "avg_logprob": None, "speaker": "SPEAKER_01"},
        {"id": 2, "start": 3, "end": 4, "text": " Sous-titres réalisés par", "no_speech_prob": 0.97},
        {"id": 3, "text": None},
        None,
    ],
}


def test_whisper_is_read_with_its_nulls_and_without_what_it_heard_in_silence() -> None:
    assert lines(json.dumps(WHISPER)) == [Line("Bonjour.", "", 0.0, 2.5, 0.9048), Line("Oui.", "SPEAKER_01")]


def test_whisper_cpp_and_bare_texts_are_read_too() -> None:
    cpp = {"transcription": [{"offsets": {"from": 1500, "to": 2000}, "text": " Oui"}]}
    assert lines(json.dumps(cpp)) == [Line("Oui", "", 1.5, 2.0)]
    assert lines('{"text": "Bonjour à tous"}') == [Line("Bonjour à tous")]


TWILIO = {
    "meta": {"page": 0},
    "sentences": [
        {
            "media_channel": 2,
            "sentence_index": 1,
            "start_time": 2.1,
            "end_time": 3.0,
            "transcript": "Je vous écoute.",
            "confidence": 0.9,
        },
        {
            "media_channel": 1,
            "sentence_index": 0,
            "start_time": None,
            "end_time": None,
            "transcript": "Bonjour.",
            "confidence": None,
        },
        {
            "media_channel": None,
            "sentence_index": 2,
            "start_time": "4.5",
            "end_time": 5,
            "transcript": "Au revoir.",
            "confidence": 7,
        },
        {"media_channel": 1, "sentence_index": 3, "start_time": 6, "end_time": 7, "transcript": None, "confidence": 0.5},
    ],
}


def test_twilio_sentences_are_put_in_order_with_their_speakers_and_nulls() -> None:
    assert lines(json.dumps(TWILIO)) == [
        Line("Bonjour.", "appelant"),
        Line("Je vous écoute.", "conseiller", 2.1, 3.0, 0.9),
        Line("Au revoir.", "", 4.5, 5.0),
    ]


def test_sentences_without_numbers_are_put_in_the_order_of_time() -> None:
    rows = [{"transcript": "deux", "start_time": 2}, {"transcript": "un", "start_time": 1}]
    assert [line.text for line in lines(json.dumps({"sentences": rows}))] == ["un", "deux"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnknownFormat),
        (b"bonjour", UnknownFormat),
        (b"%PDF-1.7 \x00\x01", UnknownFormat),
        (b'{"a": 1}', UnknownFormat),
        (b"{", BrokenTranscript),
        (b"[" * 100_000, BrokenTranscript),
        (b"[1, 2]", EmptyTranscript),
        (b'{"sentences": 3}', BrokenTranscript),
        (b'{"segments": [], "text": ""}', EmptyTranscript),
        (b"WEBVTT\n\n", EmptyTranscript),
        (b"WEBVTTT\n\n", BrokenTranscript),
        (b"\xef\xbb\xbf\xef\xbb\xbfWEBVTT\n\n00:00.000 --> 00:01.000\ntexte\n", BrokenTranscript),
        (b"\nWEBVTT\n\n00:00.000 --> 00:01.000\ntexte\n", BrokenTranscript),
        (b"WEBSRT\n\n00:00.000 --> 00:01.000\ntexte\n", BrokenTranscript),
        (b"a -> b", BrokenTranscript),
        (b"x" * (MOST_BYTES + 1), TranscriptTooLarge),
        (b"WEBVTT\n\n00:00.000 --> 00:04.000\n" + b"je cherche un stage " * 2000, TranscriptTooLarge),
        (b"WEBVTT\n" + b"\n00:00.000 --> 00:04.000\n" + b"\n00:00.000 --> 00:04.000\n".join([b"stage " * 2000] * 100),
         TranscriptTooLarge),
        (b'{"text": "\\ud800"}', Transcript),
    ],
)
def test_what_is_no_transcript_is_refused_with_a_french_sentence(data: bytes, error: type) -> None:
    if error is Transcript:
        assert lines(data)[0].text.encode()
        return
    with pytest.raises(error) as refusal:
        read_transcript(data)
    assert refusal.value.message.endswith(".")


_PIECES = st.sampled_from(
    [
        b"WEBVTT",
        b"\n",
        b"\r\n",
        b"00:00.000 --> 00:01.000",
        b"00:00:01,000 --> 00:00:02,000",
        b"<v ",
        b">",
        b"&#",
        b"{",
        b'{"segments":[',
        b'{"sentences":[{"transcript":"a","start_time":',
        b"1e999",
        b"null",
        b"]}",
        b'"',
        b"\xff\xfe",
        b"\x00",
        "é".encode(),
        b"-->",
        b"STYLE",
        b"NaN",
        b"99999999999999999999",
    ]
)


@given(st.one_of(st.binary(max_size=300), st.lists(_PIECES | st.binary(max_size=4), max_size=25).map(b"".join)))
@example(b"WEBVTT\n\n00:00.000 --> 00:01.000\n<v &#" + b"9" * 5000 + b">a&#" + b"9" * 5000)
@example(b"00:00:00,000 --> 00:00:01,000\n&#" + b"9" * 5000 + b";")
@example(b'{"segments": [{"text": "a", "start": ' + b"9" * 5000 + b"}]}")
@example(b'{"segments": [{"start": 1e999, "end": NaN, "text": "a", "avg_logprob": -Infinity}]}')
@settings(max_examples=400, deadline=None)
def test_arbitrary_bytes_give_lines_or_a_typed_error_and_nothing_else(data: bytes) -> None:
    try:
        found = read_transcript(data)
    except TranscriptError:
        return
    assert all(line.text.strip() for line in found.lines)
    json.dumps(
        [(line.text, line.speaker, line.start, line.end, line.confidence) for line in found.lines], allow_nan=False
    ).encode()
