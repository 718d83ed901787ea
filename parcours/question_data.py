"""Checks the labelled messages of `data/questions/`: one JSON object a line, with what the person needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = "questions"
FIELDS = ("id", "voice", "message", "good_answer", "scope", "needs")
NEED_FIELDS = ("what", "point", "place", "sheets")
SCOPES = {"in", "out", "person"}


def question_problems(path: Path, name: Path) -> Iterator[str]:
    """One French line per fault of a file of messages, naming file and line."""
    if path.suffix != ".jsonl":
        yield f"{name}, ligne 1 : seuls des fichiers .jsonl ont leur place dans data/{FOLDER}/."
        return
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        yield from (f"{name}, ligne {number} : {fault}" for fault in _line_faults(line, seen))


def _line_faults(line: str, seen: set[str]) -> Iterator[str]:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError:
        yield "ce n'est pas du JSON."
        return
    if not isinstance(entry, dict) or (missing := [field for field in FIELDS if field not in entry]):
        yield f"il manque {', '.join(missing) if isinstance(entry, dict) else 'un objet'}."
        return
    if entry["id"] in seen:
        yield f"l'identifiant « {entry['id']} » sert deux fois."
    seen.add(entry["id"])
    if entry["scope"] not in SCOPES:
        yield f"« scope » vaut l'un de : {', '.join(sorted(SCOPES))}."
    yield from (fault for need in entry["needs"] for fault in _need_faults(need))


def _need_faults(need: dict[str, Any]) -> Iterator[str]:
    missing = [field for field in NEED_FIELDS if field not in need]
    if missing:
        yield f"un besoin n'a pas {', '.join(missing)}."
    for sheet in need.get("sheets", ()):
        if str(sheet).count("/") != 1:
            yield f"« {sheet} » n'est pas une fiche (dossier/identifiant)."
