"""The lessons of `data/questions/lessons.jsonl` as sentences with their act, read where they lie at each training."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path("questions") / "lessons.jsonl"  # in data/
LESSON = "lesson"  # marks a lesson among Rasa's training messages
POINTS_OF_OTHER_ACTS = {"compare", "choice"}
ACT_OF_SCOPE = {"in": "question", "person": "demander_conseiller", "out": "hors_sujet"}


@dataclass(frozen=True)
class Lesson:
    """A message and what it does."""

    text: str
    act: str


def read_lessons(path: Path) -> list[Lesson]:
    """The messages of a file of lessons, on one line each; none when there is no such file."""
    if not path.is_file():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if not _another_act(row)]
    return [Lesson(" ".join(str(row["message"]).split()), ACT_OF_SCOPE[row["scope"]]) for row in rows]


def _another_act(row: Mapping[str, Any]) -> bool:
    # « BTS ou BUT ? », « que faire d'autre ? »: the acts `comparer` and `explorer` are near; learnt as none of the three.
    needs = row.get("needs") or []
    return bool(needs) and needs[0].get("point") in POINTS_OF_OTHER_ACTS


def lessons_beside(folder: Path) -> list[Lesson]:
    """The lessons that lie beside a folder of sentences (`data/acts` → `data/questions/lessons.jsonl`)."""
    return read_lessons(folder.parent / FILE)


def lessons_digest(folder: Path) -> str:
    """SHA-256 (first 16 hexadecimal digits) of what `lessons_beside` gives."""
    told = "\0".join(f"{lesson.act}\0{lesson.text}" for lesson in lessons_beside(folder))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
