"""Messages written from a life with their needs (`data/questions/*.jsonl`): lessons for the ranking, and part of its index."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge_base.kinds import FOLDERS
from knowledge_base.redirects import resolve

FROM_SHEETS_COLUMNS = 4
CHOICE_COLUMNS = 3
QUESTIONS = Path(__file__).parents[3] / "data" / "questions"


@dataclass(frozen=True)
class Wanted:
    """One need of a lesson: the point, and the sheets that rightly answer it (`kind/id`), best first; none when no sheet does.

    `answers`: (sheet, key of an answer) that a reader found to satisfy whoever asks, best first.
    """

    point: str
    sheets: tuple[str, ...]
    what: str = ""
    place: bool = False
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Lesson:
    """A message as somebody really wrote it. `scope`: in, out, person; `writer` wrote it."""

    id: str
    writer: str
    message: str
    scope: str
    needs: tuple[Wanted, ...] = field(default=())

    @property
    def sheets(self) -> tuple[str, ...]:
        """All the sheets that answer something of it, without repetition."""
        return tuple(dict.fromkeys(sheet for need in self.needs for sheet in need.sheets))


@dataclass(frozen=True)
class Choice:
    """What a reader would answer a lesson from a sheet: the keys of its answers, best first."""

    lesson: str
    sheet: str
    answers: tuple[str, ...]


def read_lessons(folder: Path = QUESTIONS) -> list[Lesson]:
    """The lessons of a folder, in the order of its files. Raises ValueError naming file and line of a bad one."""
    return [lesson for path in sorted(folder.glob("*.jsonl")) for lesson in _lessons_of(path)]


@lru_cache(maxsize=1)
def shipped_lessons() -> tuple[Lesson, ...]:
    """The project's own lessons, read once per process."""
    return tuple(read_lessons())


@lru_cache(maxsize=1)
def written_from_sheets(path: Path = QUESTIONS.parent / "asked" / "from_sheets.tsv") -> dict[str, tuple[str, ...]]:
    """Sheet (`kind/id`) → messages written by somebody who read it: they help to find it, and teach nothing else."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == FROM_SHEETS_COLUMNS and not line.startswith("#"):
            found.setdefault(singular(cells[0]), []).append(cells[3])
    return {sheet: tuple(messages) for sheet, messages in found.items()}


@lru_cache(maxsize=1)
def shipped_choices(path: Path = QUESTIONS.parent / "choices" / "answers.tsv") -> tuple[Choice, ...]:
    """Which answers of a sheet a reader chose for messages of the lessons: columns lesson, sheet, keys of the answers (best
    first, ` | ` between them). Raises ValueError naming the line of a bad one."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if line.startswith("#") or not line.strip():
            continue
        if len(cells) != CHOICE_COLUMNS:
            raise ValueError(f"{path.name}, ligne {number} : il faut un message, une fiche et ses réponses")
        found.append(Choice(cells[0], singular(cells[1]), tuple(cells[2].split(" | "))))
    return tuple(found)


def all_choices(lessons: Sequence[Lesson], choices: Sequence[Choice]) -> list[Choice]:
    """The choices told apart, and those that stand with the needs of lessons: of each need those of its best sheet."""
    own = ((lesson.id, need.answers) for lesson in lessons for need in lesson.needs if need.answers)
    return [*choices, *(Choice(name, told[0][0], tuple(key for sheet, key in told if sheet == told[0][0])) for name, told in own)]


def _lessons_of(path: Path) -> Iterator[Lesson]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                yield lesson_of(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path.name}, ligne {number} : message illisible ({error})") from error


def lesson_of(row: dict[str, object]) -> Lesson:
    """A lesson from its JSON object; its writer is named, or is the first letter of its id."""
    needs = tuple(_wanted(need) for need in row.get("needs") or [])  # type: ignore[attr-defined]
    identity = str(row["id"])
    return Lesson(identity, str(row.get("writer") or identity[0]), str(row["message"]), str(row["scope"]), needs)


def _wanted(need: dict[str, object]) -> Wanted:
    sheets = tuple(singular(str(sheet)) for sheet in need.get("sheets") or [])  # type: ignore[attr-defined]
    chosen: Any = need.get("answers") or []
    answers = tuple((singular(str(one["sheet"])), str(key)) for one in chosen for key in one["keys"])
    return Wanted(str(need.get("point", "other")), sheets, str(need.get("what", "")), bool(need.get("place")), answers)


def singular(sheet: str) -> str:
    """`dispositifs/cpf`, as labels name folders, is the sheet `dispositif/cpf`."""
    folder, _, identity = sheet.partition("/")
    return resolve(f"{FOLDERS.get(folder, folder)}/{identity}")
