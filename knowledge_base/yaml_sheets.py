"""Reading the YAML files of a folder of sheets, keeping the line of every key for the messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from knowledge_base.errors import ContentError
from knowledge_base.kinds import FOLDERS, QUESTIONS_FOLDER, Kind
from language.yml import LOADER

Lines = dict[tuple[str | int, ...], int]


@dataclass
class RawSheet:
    """One sheet as written: `lines` maps a path of keys to its line (1-based)."""

    kind: Kind
    file: str
    line: int
    values: dict[str, Any] = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """The line of the nearest known key of a path."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, self.line)


class YamlProblem(ContentError):
    """A file that is not YAML, or not a list of sheets."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        super().__init__(f"{file}:{line or 1} : {reason}")
        self.file, self.line, self.reason = file, line, reason


def sheet_files(folder: Path) -> list[tuple[Kind, Path]]:
    """(kind, file) of all sheet files. Raises ContentError when the folder has none of the known sub-folders.

    The kind comes from the first folder of the path that names one: `metiers/sante.yml`, `agence/services/a.yml`.
    """
    if not folder.is_dir():
        raise ContentError(f"{folder} : dossier introuvable")
    found = []
    for path in sorted([*folder.rglob("*.yml"), *folder.rglob("*.yaml")]):
        folders = path.relative_to(folder).parts[:-1]
        if QUESTIONS_FOLDER in folders:
            continue
        kind = next((FOLDERS[part] for part in folders if part in FOLDERS), None)
        if kind is None and folder.name in FOLDERS:
            kind = FOLDERS[folder.name]
        if kind:
            found.append((kind, path))
    if not found:
        names = ", ".join(FOLDERS)
        raise ContentError(f"{folder} : aucune fiche (les fichiers .yml se rangent dans {names})")
    return found


def read_file(kind: Kind, path: Path, name: str) -> Iterator[RawSheet]:
    """The sheets of one file; raises YamlProblem with the line when the file cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlProblem(name, None, "le fichier n’est pas en UTF-8") from error
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise YamlProblem(name, line, f"YAML mal formé ({error.problem})") from error
    except yaml.YAMLError as error:
        raise YamlProblem(name, None, "YAML mal formé") from error
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        raise YamlProblem(name, root.start_mark.line + 1, "une liste de fiches est attendue (chaque fiche commence par « - »)")
    for node in root.value:
        yield _raw_sheet(kind, name, node)


def _raw_sheet(kind: Kind, name: str, node: yaml.Node) -> RawSheet:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise YamlProblem(name, line, "une fiche est un bloc de champs « nom: valeur »")
    raw = RawSheet(kind, name, line)
    try:
        raw.values = _construct(node, (), raw.lines)
    except (yaml.YAMLError, ValueError) as error:
        raise YamlProblem(name, line, f"valeur illisible ({error})") from error
    return raw


def _construct(node: yaml.Node, path: tuple[str | int, ...], lines: Lines) -> Any:
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in values:
                raise ValueError(f"champ « {key} » écrit deux fois, ligne {key_node.start_mark.line + 1}")
            lines[(*path, key)] = key_node.start_mark.line + 1
            values[key] = _construct(value_node, (*path, key), lines)
        return values
    if isinstance(node, yaml.SequenceNode):
        items = []
        for position, item in enumerate(node.value):
            lines[(*path, position)] = item.start_mark.line + 1
            items.append(_construct(item, (*path, position), lines))
        return items
    return SafeConstructor().construct_object(node)
