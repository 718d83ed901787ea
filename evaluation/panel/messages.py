"""Reads what is to be played: lines of text, conversations, JSON lines, or a table with a header."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.exchange import CHANNELS, Channel, Talk

_SAID = ("message", "turns", "channel", "id")


def read_talks(path: Path, channel: Channel, *, conversation: bool = False) -> list[Talk]:
    """The conversations of a file, played on `channel` unless a line names its own.

    `.jsonl`: `{"message" | "turns", "id"?, "channel"?, …}`; `.tsv`: a header with `message`; anything else is text, one message
    a line, and when lines are parted by a blank line each block is a conversation (`conversation`: so is the only block).

    Raises:
        ValueError: a line that cannot be read, in French, with its number.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [_of_fields(fields, number, channel) for number, fields in _json_lines(text)]
    if path.suffix == ".tsv":
        return [_of_fields(fields, number, channel) for number, fields in _rows(text)]
    return [Talk(f"m{number:03d}", turns, channel) for number, turns in enumerate(_blocks(text, conversation), 1)]


def _json_lines(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"ligne {number} : ce n'est pas du JSON") from error
        if not isinstance(fields, dict):
            raise ValueError(f"ligne {number} : un objet est attendu")
        yield number, fields


def _rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    header, *lines = text.splitlines()
    names = [name.strip("# ") for name in header.split("\t")]
    for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
        if row:
            yield number, dict(zip(names, row, strict=False))


def _of_fields(fields: dict[str, Any], number: int, channel: Channel) -> Talk:
    turns = fields.get("turns") or [fields.get("message")]
    if not all(isinstance(turn, str) and turn.strip() for turn in turns):
        raise ValueError(f"ligne {number} : « message » ou « turns » manque")
    own = fields.get("channel") or channel
    if own not in CHANNELS:
        raise ValueError(f"ligne {number} : le canal « {own} » n'existe pas ({', '.join(CHANNELS)})")
    about = {name: value for name, value in fields.items() if name not in _SAID}
    return Talk(str(fields.get("id") or f"m{number:03d}"), tuple(turns), own, about)


def _blocks(text: str, conversation: bool) -> list[tuple[str, ...]]:
    lines = [line.strip() for line in text.splitlines() if not line.startswith("#")]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    if len(blocks) == 1 and not conversation:
        return [(line,) for line in blocks[0]]
    return [tuple(block) for block in blocks]
