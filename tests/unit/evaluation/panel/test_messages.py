"""A panel is read from lines, conversations, JSON lines or a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.exchange import Talk
from evaluation.panel.messages import read_talks


def _talks(tmp_path: Path, name: str, text: str, **options: bool) -> list[Talk]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_talks(path, "web", **options)


def test_each_line_is_a_conversation_of_its_own(tmp_path: Path) -> None:
    talks = _talks(tmp_path, "a.txt", "# une remarque\nbonjour\nc quoi un cfa\n\n")
    assert [(talk.id, talk.turns) for talk in talks] == [("m001", ("bonjour",)), ("m002", ("c quoi un cfa",))]


def test_blocks_of_lines_are_conversations(tmp_path: Path) -> None:
    talks = _talks(tmp_path, "a.txt", "c quoi un cfa\net à Caen ?\n\n\nbonjour\n")
    assert [talk.turns for talk in talks] == [("c quoi un cfa", "et à Caen ?"), ("bonjour",)]


def test_a_single_block_is_a_conversation_when_said_so(tmp_path: Path) -> None:
    assert [talk.turns for talk in _talks(tmp_path, "a.txt", "a\nb\n", conversation=True)] == [("a", "b")]


def test_json_lines_keep_what_is_known_of_the_person(tmp_path: Path) -> None:
    line = '{"id": "w1-3", "message": "slt", "channel": "sms", "kind": "metier"}\n{"turns": ["a", "b"]}\n'
    first = Talk("w1-3", ("slt",), "sms", {"kind": "metier"})
    assert _talks(tmp_path, "a.jsonl", line) == [first, Talk("m002", ("a", "b"), "web")]


def test_a_table_is_read_by_its_header(tmp_path: Path) -> None:
    talks = _talks(tmp_path, "a.tsv", "# id\tvoice\tmessage\ny1\tyouth\t\"slt\" jve\n")
    assert talks == [Talk("y1", ('"slt" jve',), "web", {"voice": "youth"})]


@pytest.mark.parametrize(("line", "fault"), [
    ("{", "ligne 1 : ce n'est pas du JSON"), ("[]", "ligne 1 : un objet est attendu"), ("{}", "« message » ou « turns » manque"),
    ('{"message": "a", "channel": "fax"}', "le canal « fax » n'existe pas"),
])
def test_a_line_that_cannot_be_played_is_named(tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        _talks(tmp_path, "a.jsonl", line)
