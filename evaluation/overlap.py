"""Whether two messages are of one cloth: eight consecutive words in common, or half of the five-word sequences of one of them."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from unidecode import unidecode

LONG, SHORT = 8, 5
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_ANNOTATED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


def words_of(text: str) -> list[str]:
    """Words without accents; « j'ai » is one word."""
    return _WORD.findall(unidecode(text).lower())


def shared(messages: Mapping[str, str], others: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(id, other id) of the messages that share too much with one of the others; a name of its own is not compared."""
    long, short = _sequences(others, LONG), _sequences(others, SHORT)
    for name, text in messages.items():
        yield from ((name, other) for other in sorted(_near(text, long, short)) if other != name)


def _near(text: str, long: Mapping[tuple[str, ...], set[str]], short: Mapping[tuple[str, ...], set[str]]) -> set[str]:
    words = words_of(text)
    found = {other for sequence in _runs(words, LONG) for other in long.get(sequence, ())}
    fives = _runs(words, SHORT)
    common = Counter(other for sequence in fives for other in short.get(sequence, ()))
    return found | {other for other, count in common.items() if 2 * count >= len(fives)}


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[start:start + length]) for start in range(len(words) - length + 1)}


def _sequences(messages: Mapping[str, str], length: int) -> dict[tuple[str, ...], set[str]]:
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, text in messages.items():
        for sequence in _runs(words_of(text), length):
            found[sequence].add(name)
    return found


def training_messages(data: Path) -> dict[str, str]:
    """All that is learnt from: the labelled messages and the sentences of the intents, by file and line."""
    return {f"{path.relative_to(data)}:{number}": text for path in sorted(data.rglob("*")) if path.parent.name in _READERS
            for number, text in _READERS[path.parent.name](path)}


def _questions(path: Path) -> Iterable[tuple[int, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(number, json.loads(line)["message"]) for number, line in enumerate(lines, 1) if line.strip()]


def _sentences(path: Path) -> Iterable[tuple[int, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(number, _ANNOTATED.sub(r"\1", line.strip()[2:])) for number, line in enumerate(lines, 1)
            if line.strip().startswith("- ") and "intent:" not in line]


_READERS = {"questions": _questions, "nlu": _sentences, "acts": _sentences}
