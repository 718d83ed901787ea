"""Transcripts as tools really write them: who speaks is found, what nobody said is left out, names are not kept."""

from __future__ import annotations

import json

import pytest

from channels.transcripts.masking import unnamed
from channels.transcripts.model import Line
from channels.transcripts.reading import read_transcript

CUE = "1\n00:00:01,000 --> 00:00:02,000\n{}\n"


def _lines(data: str | bytes) -> list[tuple[str, str]]:
    found = read_transcript(data if isinstance(data, bytes) else data.encode())
    return [(line.speaker, line.text) for line in found.lines]


@pytest.mark.parametrize(("cue", "speaker", "words"), [
    ("Paul Durand: bonjour", "Paul Durand", "bonjour"), ("[SPEAKER_00]: bonjour", "SPEAKER_00", "bonjour"),
    ("<v Anne>bonjour</v>", "Anne", "bonjour"), ("il est 14: non", "", "il est 14: non"), ("bonjour", "", "bonjour"),
    ("Ma question : quel CAP ?", "", "Ma question : quel CAP ?")])
def test_webvtt_speakers_before_a_colon(cue: str, speaker: str, words: str) -> None:
    assert _lines(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{cue}\n") == [(speaker, words)]


@pytest.mark.parametrize(("cue", "speaker", "words"), [
    ("Ma question : quel CAP ?", "", "Ma question : quel CAP ?"), ("Par exemple : coiffure", "", "Par exemple : coiffure"),
    ("Conseillère : bonjour", "Conseillère", "bonjour")])
def test_srt_words_before_a_colon_are_not_always_a_speaker(cue: str, speaker: str, words: str) -> None:
    assert _lines(CUE.format(cue)) == [(speaker, words)]


def test_srt_dialects_lose_nothing() -> None:
    two = CUE.format("bonjour") + "\n2.\n00:00:03,000 --> 00:00:04,000\nmerci\n"
    assert [words for _, words in _lines(two)] == ["bonjour", "merci"]
    assert _lines("1\n-00:00:01,000 --> 00:00:02,000\nbonjour\n") == [("", "bonjour")]
    assert _lines("１\n００:００:０１,０００ --> ００:００:０２,０００\nbonjour\n") == [("", "bonjour")]
    assert _lines(CUE.format("ça va").encode("utf-32")) == [("", "ça va")]


@pytest.mark.parametrize("data", [
    [{"start": 0, "end": 1, "text": " bonjour"}], {"chunks": [{"timestamp": [0.0, 1.0], "text": " bonjour"}], "text": "bonjour"},
    {"segments": [{"text": "bonjour"}, {"text": "Sous-titres réalisés par la communauté d'Amara.org"}]}])
def test_whispers_lists_and_chunks_are_read_without_its_inventions(data: object) -> None:
    assert _lines(json.dumps(data)) == [("", "bonjour")]


def test_a_speakers_name_is_not_kept() -> None:
    lines = [Line("a", "Paul Durand"), Line("b", "conseiller"), Line("c", "SPEAKER_01"), Line("d")]
    assert unnamed(lines) == {"": "", "appelant": "appelant", "conseiller": "conseiller", "Paul Durand": "voix 1",
                              "SPEAKER_01": "voix 2"}
