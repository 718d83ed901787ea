"""Reading labelled sentences: Rasa's training files, plain lists of `{text, intent}`, and the lessons of data/questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path
from typing import Any

from bot.lessons import lessons_beside
from bot.understanding.parts import SIGN
from language.fold import fold
from language.yml import read_yml


class SentencesError(ValueError):
    """A file of sentences cannot be read; says which."""


@dataclass(frozen=True)
class Sentence:
    """A sentence, what it means, the file it comes from (its voice), and its theme among those of its intent, if any."""

    text: str
    intent: str
    source: str
    theme: str = ""

    @property
    def label(self) -> str:
        """What the classifier learns: the intent, or its part."""
        return f"{self.intent}{SIGN}{self.theme}" if self.theme else self.intent

    @property
    def key(self) -> str:
        """The letters and digits only: equal keys are the same sentence."""
        return re.sub(r"[^a-z0-9]+", " ", fold(self.text)).strip()


def read_folder(folder: Path) -> list[Sentence]:
    """All sentences of a folder's YAML files, in the order of the files.

    Raises:
        SentencesError: a file holds something else.
    """
    return [sentence for path in sorted(folder.glob("*.yml")) for sentence in _read_file(path)]


def read_training(folder: Path) -> list[Sentence]:
    """All that the classifier learns from: a folder of sentences and the lessons that lie beside it, if any."""
    lessons = [Sentence(lesson.text, lesson.act, "lessons") for lesson in lessons_beside(folder)]
    return read_folder(folder) + lessons


def without_near_duplicates(tested: list[Sentence], trained: list[Sentence]) -> tuple[list[Sentence], int]:
    """The tested sentences that are not in the training data, and how many were left out.

    Near: nine in ten character trigrams in common.
    """
    known = [_trigrams(sentence.key) for sentence in trained]
    holding: dict[str, list[int]] = {}
    for at, grams in enumerate(known):
        for gram in grams:
            holding.setdefault(gram, []).append(at)
    kept = [sentence for sentence in tested if not _near(_trigrams(sentence.key), known, holding)]
    return kept, len(tested) - len(kept)


def _near(grams: frozenset[str], known: list[frozenset[str]], holding: dict[str, list[int]]) -> bool:
    # Whoever shares nine tenths of both lacks a ninth of these at most: of one more, it has at least one. The rarest are asked.
    asked = nsmallest(len(grams) // 9 + 1, grams, key=lambda gram: len(holding.get(gram, ())))
    others = {at for gram in asked for at in holding.get(gram, ())}
    return any(len(grams & known[at]) >= 0.9 * len(grams | known[at]) for at in others)


def _trigrams(key: str) -> frozenset[str]:
    padded = f"  {key}  "
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def _read_file(path: Path) -> Iterator[Sentence]:
    data = read_yml(path.read_text(encoding="utf-8"))
    if isinstance(data, dict) and "nlu" in data:
        yield from _rasa_form(data["nlu"], path.stem)
        return
    rows = data.get("sentences") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) and {"text", "intent"} <= row.keys() for row in rows):
        raise SentencesError(f"{path.name}: neither Rasa's form nor a list of {{text, intent}}")
    for row in rows:
        yield Sentence(str(row["text"]), str(row["intent"]), path.stem)


def _rasa_form(blocks: list[dict[str, Any]], source: str) -> Iterator[Sentence]:
    for block in blocks:
        theme = str((block.get("metadata") or {}).get("theme") or "")
        for line in str(block.get("examples", "")).splitlines():
            if line.strip().startswith("- ") and "intent" in block:
                yield Sentence(line.strip()[2:].strip(), block["intent"], source, theme)
