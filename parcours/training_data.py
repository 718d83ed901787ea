"""Checks training data before Rasa sees it: Rasa silently ignores a file in `data/` that is not its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from language.yml import read_yml
from parcours.errors import CommandFailed
from parcours.question_data import FOLDER as QUESTIONS
from parcours.question_data import question_problems

_SECTIONS = {"version", "nlu", "rules", "stories"}
# Folders of tables, tab-separated: messages written from the sheets; which answer of a sheet readers chose for a message.
TABLES = {"asked": ("fiche", "point", "voix", "message"), "choices": ("message", "fiche", "réponses")}
LISTS = "distress"  # the folder of data/ that is not Rasa's: lists of messages


def check_training_data(root: Path) -> None:
    """Refuses training data that Rasa would ignore or misread.

    Raises:
        CommandFailed: one French line per problem, each naming file and line.
    """
    acts = _declared_acts(root / "domain.yml", root)
    problems = [problem for path in sorted((root / "data").rglob("*")) if path.is_file()
                for problem in _problems(path, root, acts)]
    if problems:
        raise CommandFailed("Les données d'entraînement sont refusées :\n" + "\n".join(problems))


def _table_problems(path: Path, name: Path, columns: tuple[str, ...]) -> Iterator[str]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#") and line.count("\t") != len(columns) - 1:
            yield f"{name}, ligne {number} : les colonnes attendues sont {', '.join(columns)}."


def _declared_acts(path: Path, root: Path) -> set[str]:
    domain = _parse(path, root)
    names = domain.get("intents", []) if isinstance(domain, dict) else []
    return {next(iter(name)) if isinstance(name, dict) else str(name) for name in names}


def _parse(path: Path, root: Path) -> Any:
    try:
        return read_yml(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CommandFailed(f"{path.relative_to(root)} : le fichier n'est pas en UTF-8 (octet {error.start}).") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise CommandFailed(f"{path.relative_to(root)}, ligne {line} : YAML illisible ({error.__class__.__name__}).") from error


def _problems(path: Path, root: Path, acts: set[str]) -> Iterator[str]:
    name = path.relative_to(root)
    if path.parent.name == QUESTIONS:
        yield from question_problems(path, name)
        return
    if path.parent.name in TABLES:
        yield from _table_problems(path, name, TABLES[path.parent.name])
        return
    if path.suffix != ".yml":
        yield f"{name}, ligne 1 : seuls des fichiers .yml ont leur place dans data/."
        return
    content = _parse(path, root)
    if path.parent.name == LISTS:
        yield from _list_problems(content, name)
        return
    if not isinstance(content, dict) or "version" not in content or not set(content) <= _SECTIONS:
        yield f"{name}, ligne 1 : un fichier de données Rasa commence par « version » et ne contient que nlu, rules ou stories."
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    for entry in content.get("nlu") or []:
        yield from _entry_problems(entry, name, lines, acts)


def _list_problems(content: Any, name: Path) -> Iterator[str]:
    if not name.stem.startswith(("distress_", "false_friends_")):
        yield f"{name}, ligne 1 : le nom commence par « distress_ » ou « false_friends_ »."
    if not isinstance(content, list):
        yield f"{name}, ligne 1 : le fichier est une liste de « - {{text: …}} »."
        return
    for number, entry in enumerate(content, 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("text"), str) or not entry["text"].strip():
            yield f"{name}, message {number} : « text » manque."


def _entry_problems(entry: Any, name: Path, lines: list[str], acts: set[str]) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{name}, ligne 1 : une entrée nlu doit être un bloc « intent » et « examples »."
        return
    intent = entry.get("intent")
    if intent is None:
        return  # synonyms, lookups and regexes are Rasa's own business
    line = _line_of(f"intent: {intent}", lines)
    if intent not in acts:
        yield f"{name}, ligne {line} : l'acte « {intent} » n'est pas déclaré dans domain.yml."
    if not isinstance(entry.get("examples"), str) or not entry["examples"].strip().startswith("-"):
        yield f"{name}, ligne {line} : l'acte « {intent} » n'a pas d'exemples (« examples: | » puis des lignes « - … »)."


def _line_of(needle: str, lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines, 1) if needle in line), 1)
