"""The parser section of the WebVTT specification, case by case, written by hand."""

from __future__ import annotations

import pytest

from channels.transcripts.cue_text import rows, voices
from channels.transcripts.model import BrokenTranscript, Line
from channels.transcripts.webvtt import parse_cues, parse_webvtt, read_timings

CUE = "00:00.000 --> 00:01.000\ntexte\n"


@pytest.mark.parametrize(
    "head",
    [
        "WEBVTT\n\n",
        "WEBVTT un titre\n\n",
        "WEBVTT\tun titre\n\n",
        "\ufeffWEBVTT\n\n",
        "WEBVTT\r\n\r\n",
        "WEBVTT\r\r",
        "WEBVTT\n",
        "WEBVTT\n\n\n\n\n",
        "WEBVTT\nX: en-tête\nY: encore\n\n",
    ],
)
def test_a_file_begins_with_its_name_and_perhaps_a_header(head: str) -> None:
    assert [cue.text for cue in parse_cues(head + CUE)] == ["texte"]


@pytest.mark.parametrize(
    "text", ["", "WEBVT", "webvtt\n\n" + CUE, "WEBVTTX\n\n" + CUE, " WEBVTT\n\n" + CUE, "\n" + CUE, "\ufeff\ufeffWEBVTT\n"]
)
def test_another_beginning_is_another_format(text: str) -> None:
    with pytest.raises(BrokenTranscript):
        parse_cues(text)


@pytest.mark.parametrize("text", ["WEBVTT", "WEBVTT\n", "WEBVTT\n\n\n", "WEBVTT\nsans ligne vide"])
def test_a_file_without_cues_is_empty_not_broken(text: str) -> None:
    assert parse_cues(text) == []


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ("00:00.000 --> 00:01.500", (0.0, 1.5)),
        ("00:00:01.000 --> 100:00:02.000", (1.0, 360002.0)),
        ("00:00.000-->00:01.000", (0.0, 1.0)),
        ("  00:00.000\t-->\t00:01.000 align:start position:10%", (0.0, 1.0)),
        ("00:05.000 --> 00:01.000", (5.0, 1.0)),
        ("1:00:00.000 --> 2:00:00.000", (3600.0, 7200.0)),
        ("60:00.000 --> 61:00.000", None),
        ("60:00:00.000 --> 61:00:00.000", (216000.0, 219600.0)),
        ("0:00.000 --> 0:01.000", None),
        ("00:00 --> 00:01", None),
        ("00:00,000 --> 00:01,000", None),
        ("00:00.00 --> 00:01.00", None),
        ("00:00.0000 --> 00:01.000", None),
        ("00:60.000 --> 00:61.000", None),
        ("00:60:00.000 --> 01:00:00.000", None),
        ("00:00.000 -> 00:01.000", None),
        ("00:00.000 --> ", None),
        ("--> 00:01.000", None),
        ("-00:00.000 --> 00:01.000", None),
        ("٠٠:٠٠.٠٠٠ --> 00:01.000", None),
        ("00:00.000 x --> 00:01.000", None),
        ("\f00:00.000\f-->\f00:01.000\f", (0.0, 1.0)),
        ("\v00:00.000 --> 00:01.000", None),
        ("00:00.000 -- > 00:01.000", None),
        ("00:00.000 -->", None),
        ("00:00.000 --> 00:01.00\ufffd", None),
        ("00:00.\ufffd00 --> 00:01.000", None),
        # What stands after the times says how to draw, well or badly: the cue is kept.
        ("00:00.000 --> 00:01.000 vertical:rl line:-1,end position:50%,center size:35% align:left region:a", (0.0, 1.0)),
        ("00:00.000 --> 00:01.000 align:\ufffd size:-1% :x x: ::", (0.0, 1.0)),
        ("00:00.000 --> 00:01.000align:start", (0.0, 1.0)),
        ("00:00.000 --> 00:01.000\ufffd", (0.0, 1.0)),
        ("00:00.000 --> 00:01.000 --> 00:02.000", (0.0, 1.0)),
        ("000:00:00.000 --> 000:00:01.000", (0.0, 1.0)),
        (f"{'9' * 400}:00:00.000 --> {'9' * 400}:00:01.000", (1e9, 1e9)),
    ],
)
def test_times_are_read_as_the_specification_says(line: str, times: tuple[float, float] | None) -> None:
    assert read_timings(line) == times


@pytest.mark.parametrize(
    ("body", "cues"),
    [
        (f"id\n{CUE}", [("id", "texte")]),
        (f"{CUE}\n{CUE}", [("", "texte"), ("", "texte")]),
        # An arrow where text is expected begins the next cue, even without a blank line.
        ("00:00.000 --> 00:01.000\nun\n00:01.000 --> 00:02.000\ndeux\n", [("", "un"), ("", "deux")]),
        # Bad times lose the cue and nothing else.
        (f"00:00.000 --> nulle part\nperdu\n\n{CUE}", [("", "texte")]),
        (f"id --> bizarre\n{CUE}", [("", "texte")]),
        ("NOTE un commentaire\nsur deux lignes\n\n" + CUE, [("", "texte")]),
        ("STYLE\n::cue { color: red }\n\n" + CUE, [("", "texte")]),
        ("REGION  \nid:a\n\n" + CUE, [("", "texte")]),
        ("STYLE\n" + CUE, [("STYLE", "texte")]),
        (CUE + "\nSTYLE\n00:01.000 --> 00:02.000\naprès\n", [("", "texte"), ("STYLE", "après")]),
        ("un\ndeux\n" + CUE, [("", "texte")]),
        ("00:00.000 --> 00:01.000\n\nseul\n", [("", "")]),
        ("00:00.000 --> 00:01.000", [("", "")]),
        ("00:00.000 --> 00:01.000\nfin sans retour", [("", "fin sans retour")]),
        ("00:00.000 --> 00:01.000\ndeux\nlignes\n", [("", "deux\nlignes")]),
        ("\n\n\n" + CUE, [("", "texte")]),
        # Arrows that are no times, one after the other: each begins a block of its own.
        (f"-->\n{CUE}a-->\n{CUE}-->b\n{CUE}-->-->\n{CUE}", [("", "texte")] * 4),
        (f"REGION: id=a lines=3\n\n{CUE}", [("", "texte")]),
        (f"REGION\nid:a\nlines:3\n{CUE}", [("", "texte")]),
        (f"STYLE\n::cue(b) {{ }} /*\n00:00.000 -- > 00:01.000 */\n\n{CUE}", [("", "texte")]),
        (f"STYLES\n{CUE}", [("STYLES", "texte")]),
        (f"NOTE\n{CUE}", [("NOTE", "texte")]),
        (f"\ufffd\n{CUE}", [("\ufffd", "texte")]),
        ("lf\n00:00.000 --> 00:01.000\nun\n\ncr\r00:00.000 --> 00:01.000\rdeux\r\rcrlf\r\n00:00.000 --> 00:01.000\r\ntrois",
         [("lf", "un"), ("cr", "deux"), ("crlf", "trois")]),
        ("00:00.000 --> 00:01.000\na\x00b\n", [("", "a\ufffdb")]),
        ("00:00.000 --> 00:01.000\r\nretour\r\n\r\n", [("", "retour")]),
    ],
)
def test_blocks_are_cut_as_the_specification_says(body: str, cues: list[tuple[str, str]]) -> None:
    assert [(cue.id, cue.text) for cue in parse_cues("WEBVTT\n\n" + body)] == cues


def test_an_arrow_in_the_header_ends_it() -> None:
    assert [cue.text for cue in parse_cues("WEBVTT\n" + CUE)] == ["texte"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("un <b>gras</b> et <i>penché", "un gras et penché"),
        ("<c.rouge.grand>mot</c>", "mot"),
        ("a &amp; b &lt; c &gt; d", "a & b < c > d"),
        ("&nbsp;&lrm;x", "\u200ex"),
        ("&#233;t&#xe9;", "été"),
        ("&inconnu; &", "&inconnu; &"),
        ("&#0000000233;t&#x110000;", "ét\ufffd"),
        (f"a&#{'9' * 5000};b", "a\ufffdb"),
        ("1 < 2", "1"),
        ("<00:00.500>mot", "mot"),
        ("<ruby>mot<rt>lecture</rt></ruby>", "motlecture"),
        ("<inconnu>mot</inconnu>", "mot"),
        ("a</b>b", "ab"),
        ("<>vide</>", "vide"),
        ("<", ""),
        ("a<v", "a"),
        ("<lang fr>oui</lang>", "oui"),
        ("<b\nx>mot", "mot"),
    ],
)
def test_tags_are_read_and_left_out(text: str, words: str) -> None:
    assert "".join(rows(text)) == words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<v Anne>Bonjour</v>", [("Anne", "Bonjour")]),
        ("<v Anne>Bonjour", [("Anne", "Bonjour")]),
        ("<v.fort  Anne   Le Goff >Bonjour", [("Anne Le Goff", "Bonjour")]),
        ("<v A&amp;B>oui", [("A&B", "oui")]),
        ("<v Anne>Oui ?</v> <v Léo>Non.</v>", [("Anne", "Oui ?"), ("Léo", "Non.")]),
        ("avant <v Anne>après", [("", "avant"), ("Anne", "après")]),
        ("<v Anne>a <b>b</b> c", [("Anne", "a b c")]),
        ("<v>anonyme", [("", "anonyme")]),
        ("<v Anne></v>", []),
    ],
)
def test_voices_give_the_speakers(text: str, said: list[tuple[str, str]]) -> None:
    assert voices(text) == said


def test_a_cue_becomes_one_line_a_voice_with_its_times() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.500\n<v Anne>Bonjour</v>\n<v Léo>Bonjour</v>\n"
    assert parse_webvtt(text) == [Line("Bonjour", "Anne", 1.0, 3.5), Line("Bonjour", "Léo", 1.0, 3.5)]
