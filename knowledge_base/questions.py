"""The files of question items: `content/questions/*.yml`, one block a sheet (`sheet: dispositif/cpf`, `questions: […]`).

A sheet may also hold its own under `questions`; both are the same to whoever reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.kinds import QUESTIONS_FOLDER
from knowledge_base.redirects import resolve
from knowledge_base.report import Report
from language.yml import read_yml


def question_files(folder: Path) -> list[Path]:
    """The files of question items below a folder of sheets, in a fixed order."""
    home = folder / QUESTIONS_FOLDER
    return sorted([*home.rglob("*.yml"), *home.rglob("*.yaml")]) if home.is_dir() else []


def blocks_of(path: Path) -> Iterator[tuple[str, Any]]:
    """(kind/id, questions as written) of one file; raises yaml.YAMLError or ValueError when it cannot be read."""
    blocks = read_yml(path.read_text(encoding="utf-8-sig")) or []
    if not isinstance(blocks, list):
        raise ValueError("une liste de blocs « sheet: …, questions: … » est attendue")
    for block in blocks:
        if not isinstance(block, dict) or set(block) != {"sheet", "questions"}:
            raise ValueError("chaque bloc porte « sheet » et « questions », rien d’autre")
        yield str(block["sheet"]), block["questions"]


class Questions:
    """The items of a folder by sheet; what no sheet takes is reported."""

    def __init__(self) -> None:
        self._by_sheet: dict[str, list[tuple[str, Any]]] = {}

    def add(self, sheet: str, file: str, items: Any) -> None:
        """Items as written; a block that is no list is kept as one item, so that validation names it.

        Questions of a sheet that was merged into another are that one's.
        """
        listed = items if isinstance(items, list) else [items]
        self._by_sheet.setdefault(resolve(sheet), []).extend((file, item) for item in listed)

    def take(self, sheet: str) -> list[Any]:
        """The items of a sheet, once."""
        return [item for _, item in self._by_sheet.pop(sheet, [])]

    def report_orphans(self, report: Report) -> None:
        """Names each sheet that has items and does not exist."""
        for sheet, items in sorted(self._by_sheet.items()):
            report.reject(items[0][0], None, f"questions d’une fiche inconnue : « {sheet} »", sheet)


def read_questions(folder: Path, report: Report) -> Questions:
    """All question items below a folder of sheets; files that cannot be read are rejected by name."""
    found = Questions()
    for path in question_files(folder):
        name = str(path.relative_to(folder))
        try:
            for sheet, items in blocks_of(path):
                found.add(sheet, name, items)
        except (yaml.YAMLError, ValueError) as error:
            report.reject(name, None, f"questions illisibles ({error})")
    return found
