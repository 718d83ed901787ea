"""Finds distress in a message by fixed, reviewed patterns (patterns/distress/*.yml), before and apart from the engine.

A file is a theme: which fixed text answers, the patterns, and the false friends that are taken out of the message before
the patterns read it. Patterns are regular expressions over plain French (see plain_french.py), whole words at both ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from channels.plain_french import PlainFrench, plain_french

FOLDER = Path(__file__).parent / "patterns" / "distress"
# « il veut me tué », « me tuez »: an infinitive is written in every way that sounds like it.
_INFINITIVE = re.compile(r"(?<!\[)\b([a-z]{2,})er\b")
_LONGEST = 4000  # characters read; a message is at most 2,000


class PatternFileError(ValueError):
    """A pattern file cannot be used; the message names the file and the pattern."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was recognised. `sentence` is a name in sentences/distress.yml."""

    theme: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Theme:
    name: str
    sentence: str
    rank: int
    pattern: re.Pattern[str]


class Safety:
    """The patterns of a folder, compiled. `check` takes well under a millisecond."""

    def __init__(self, folder: Path = FOLDER, plain: PlainFrench | None = None) -> None:
        files = [(path, yaml.safe_load(path.read_text("utf-8"))) for path in sorted(folder.glob("*.yml"))]
        shared: Mapping[str, Any] = next((data for path, data in files if path.stem == "communs"), {})
        names = {key: f"(?:{value})" for key, value in (shared.get("raccourcis") or {}).items()}
        self._plain = plain or plain_french()
        themes = [_theme(path, data, names) for path, data in files if path.stem != "communs"]
        self._themes = sorted(themes, key=lambda theme: theme.rank)
        friends = [friend for _, data in files for friend in data.get("faux_amis") or []]
        self._friends = _compile(friends, names, "faux_amis")

    def check(self, text: str) -> Finding | None:
        """The most urgent theme found, or None."""
        plain = self._friends.sub(" ~ ", self._plain(text[:_LONGEST]))
        for theme in self._themes:
            if theme.pattern.search(plain):
                return Finding(theme.name, theme.sentence)
        return None

    def themes(self) -> list[str]:
        """The themes, most urgent first."""
        return [theme.name for theme in self._themes]


def _theme(path: Path, data: Mapping[str, Any], names: Mapping[str, str]) -> _Theme:
    try:
        pattern = _compile(data["motifs"], names, path.name)
        return _Theme(path.stem, str(data["texte"]), int(data["rang"]), pattern)
    except KeyError as error:
        raise PatternFileError(f"{path.name} : « {error.args[0]} » manque") from error


def _expanded(pattern: str, names: Mapping[str, str]) -> str:
    """The pattern with its <shortcuts> written out; a shortcut may use others."""
    while "<" in (written := re.sub(r"<(\w+)>", lambda match: names[match[1]], pattern)) and written != pattern:
        pattern = written
    return written


def _compile(patterns: Iterable[str], names: Mapping[str, str], where: str) -> re.Pattern[str]:
    parts = []
    for pattern in patterns:
        full = _INFINITIVE.sub(r"\1e[rz]?", _expanded(pattern, names))
        try:
            re.compile(full)
        except re.error as error:
            raise PatternFileError(f"{where} : {pattern!r} : {error}") from error
        parts.append(full)
    # One word boundary before all the alternatives: the search fails fast at every other place.
    return re.compile(r"\b(?:" + "|".join(parts) + r")(?![a-z0-9])") if parts else re.compile(r"(?!)")
