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
    ("Ma question : quel CAP ?", "", "Ma question : quel CAP ?"), ("Trois choix : un, deux", "", "Trois choix : un, deux"),
    ("Paul Durand (Région Normandie): bonjour", "Paul Durand", "bonjour"), (">> Marie: oui", "Marie", "oui"),
    ("Jean-Paul de la Tour d'Auvergne: bonjour", "Jean-Paul de la Tour d'Auvergne", "bonjour"),
    ("paul.durand@exemple.fr: oui", "paul.durand@exemple.fr", "oui"), ("[Paul Durand] bonjour", "Paul Durand", "bonjour"),
    ("[Musique] bonjour", "", "[Musique] bonjour"), ("(Il rit) bonjour", "", "(Il rit) bonjour"),
    ("<v.loud Mary>bonjour <i>toi</i></v>", "Mary", "bonjour toi")])
def test_webvtt_speakers_before_a_colon(cue: str, speaker: str, words: str) -> None:
    assert _lines(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{cue}\n") == [(speaker, words)]


@pytest.mark.parametrize(("cue", "speaker", "words"), [
    ("Ma question : quel CAP ?", "", "Ma question : quel CAP ?"), ("Par exemple : coiffure", "", "Par exemple : coiffure"),
    ("Conseillère : bonjour", "Conseillère", "bonjour")])
def test_srt_words_before_a_colon_are_not_always_a_speaker(cue: str, speaker: str, words: str) -> None:
    assert _lines(CUE.format(cue)) == [(speaker, words)]


def test_several_speak_in_one_cue() -> None:
    two = [("Paul", "bonjour à tous"), ("Marie", "salut")]
    assert _lines("WEBVTT\n\n00:01.000 --> 00:02.000\nPaul: bonjour\nà tous\nMarie: salut\n") == two
    assert _lines(CUE.format("Paul : bonjour\nà tous\nMarie : salut")) == two
    assert _lines(CUE.format("- bonjour\n- salut")) == [("", "bonjour"), ("", "salut")]


def test_an_index_in_any_dress_is_no_word() -> None:
    for index in ("2.", "2)", "#2", "2:"):
        two = CUE.format("bonjour") + f"{index}\n00:00:03,000 --> 00:00:04,000\nmerci\n"
        assert [words for _, words in _lines(two)] == ["bonjour", "merci"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-32", "utf-8-sig",
                                      "cp1252"])
def test_srt_in_any_encoding(encoding: str) -> None:
    assert _lines(CUE.format("ça va").encode(encoding)) == [("", "ça va")]


def test_srt_dialects_lose_nothing() -> None:
    two = CUE.format("bonjour") + "\n2.\n00:00:03,000 --> 00:00:04,000\nmerci\n"
    assert [words for _, words in _lines(two)] == ["bonjour", "merci"]
    assert _lines("1\n-00:00:01,000 --> 00:00:02,000\nbonjour\n") == [("", "bonjour")]
    assert _lines("１\n００:００:０１,０００ --> ００:００:０２,０００\nbonjour\n") == [("", "bonjour")]
    assert _lines(CUE.format("ça va").encode("utf-32")) == [("", "ça va")]


@pytest.mark.parametrize("data", [
    [{"start": 0, "end": 1, "text": " bonjour"}], {"chunks": [{"timestamp": [0.0, 1.0], "text": " bonjour"}], "text": "bonjour"},
    {"result": {"segments": [{"text": "bonjour"}]}}, {"output": {"text": "bonjour"}}, {"segments": [], "text": "bonjour"},
    *({"segments": [{"text": "bonjour"}, {"text": invented}]} for invented in (
        "Sous-titrage ST' 501", "Sous-titrage FR ?", "Sous-titres par Jean Dupont", "Merci d'avoir regardé la vidéo !",
        "N'oubliez pas de vous abonner à la chaîne.", "Sous-titrage Société Radio-Canada")),
    {"segments": [{"text": "bonjour"}, {"text": "Sous-titres réalisés par la communauté d'Amara.org"}]}])
def test_whispers_lists_and_chunks_are_read_without_its_inventions(data: object) -> None:
    assert _lines(json.dumps(data)) == [("", "bonjour")]


@pytest.mark.parametrize("segment", [
    {"text": "[SPEAKER_01]: oui"}, {"text": "oui", "speaker_id": "SPEAKER_01"},
    {"text": "oui", "words": [{"word": "oui", "speaker": "SPEAKER_01"}]}])
def test_whispers_speaker_is_found_where_a_tool_writes_it(segment: object) -> None:
    assert _lines(json.dumps({"segments": [segment]})) == [("SPEAKER_01", "oui")]


def test_whispers_times_are_read_in_each_of_its_forms() -> None:
    forms: list[dict[str, object]] = [{"start": 1, "end": 2.5}, {"start": "1", "end": "2,5"}, {"timestamp": [1.0, 2.5]},
                                      {"offsets": {"from": 1000, "to": 2500}},
                                      {"timestamps": {"from": "00:00:01,000", "to": "00:00:02,500"}}]
    for form in forms:
        (line,) = read_transcript(json.dumps({"segments": [{"text": "oui", **form}]}).encode()).lines
        assert (line.start, line.end) == (1.0, 2.5)


def test_a_segment_a_line_is_read() -> None:
    assert _lines('{"text": "bonjour"}\n{"text": "oui"}\n') == [("", "bonjour"), ("", "oui")]


def test_a_speakers_name_is_not_kept() -> None:
    lines = [Line("a", "Paul Durand"), Line("b", "conseiller"), Line("c", "SPEAKER_01"), Line("d")]
    assert unnamed(lines) == {"": "", "appelant": "appelant", "conseiller": "conseiller", "Paul Durand": "voix 1",
                              "SPEAKER_01": "voix 2"}
