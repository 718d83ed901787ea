"""Finds distress in a message by fixed, reviewed patterns (patterns/distress/*.yml), before and apart from the engine.

A file is a theme: which fixed text answers, the patterns, and the false friends that are taken out of the message before
the patterns read it. Patterns are regular expressions over plain French (see plain_french.py), whole words at both ends.
A theme's `sujets` are words that name the theme without saying who suffers (« suicide », « harcèlement scolaire »): they
raise the alarm unless the message is about lessons or trades (`contextes`) and about nobody close (`personnel`).
Its `rencontres` are ideas that stand a few words apart in any order (see meetings.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from channels.meetings import Meeting, Reading
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
    subjects: re.Pattern[str]
    meetings: tuple[Meeting, ...]
    ideas: Mapping[str, re.Pattern[str]]

    def speaks_in(self, plain: str) -> bool:
        """True when a pattern or a meeting of ideas is in the message."""
        return bool(self.pattern.search(plain)) or Reading(plain, self.ideas).holds(self.meetings)


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
        self._context = _compile(shared.get("contextes") or [], names, "contextes")
        self._personal = _compile(shared.get("personnel") or [], names, "personnel")

    def check(self, text: str) -> Finding | None:
        """The most urgent theme found, or None."""
        plain = self._plain(text[:_LONGEST])
        # Most messages say nothing of the kind: the false friends are taken out only of those that seem to.
        if self._found(plain) is None:
            return None
        return self._found(self._friends.sub(" ~ ", plain))

    def _found(self, plain: str) -> Finding | None:
        for theme in self._themes:
            if theme.speaks_in(plain):
                return Finding(theme.name, theme.sentence)
        named = next((theme for theme in self._themes if theme.subjects.search(plain)), None)
        if named is None or (self._context.search(plain) and not self._personal.search(plain)):
            return None
        return Finding(named.name, named.sentence)

    def themes(self) -> list[str]:
        """The themes, most urgent first."""
        return [theme.name for theme in self._themes]


@cache
def shipped_safety() -> Safety:
    """The shipped patterns, compiled once a process: they do not change while it runs."""
    return Safety()


def _theme(path: Path, data: Mapping[str, Any], names: Mapping[str, str]) -> _Theme:
    own = {key: f"(?:{value})" for key, value in (data.get("raccourcis") or {}).items()}
    known = {**names, **own}
    try:
        pattern = _compile(data["motifs"], known, path.name)
        subjects = _compile(data.get("sujets") or [], known, path.name)
        meetings = tuple(Meeting.of(meeting) for meeting in data.get("rencontres") or [])
        wanted = {idea for meeting in meetings for idea in (*meeting.ideas, *meeting.unless)}
        ideas = {idea: _compile([known[idea]], known, path.name) for idea in wanted}
        return _Theme(path.stem, str(data["texte"]), int(data["rang"]), pattern, subjects, meetings, ideas)
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
