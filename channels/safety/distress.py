"""Finds distress in a message by fixed, reviewed patterns, before and apart from the engine.

The message is brought to plain French (plain_french.py); figures of speech are taken out of it
(patterns/ideas/faux_amis.yml); the ideas that its words say are found (vocabulary.py, patterns/ideas/); then each theme
(patterns/distress/) says which ideas, standing together, are distress (meetings.py), and which fixed text answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from channels.safety.meetings import Meeting
from channels.safety.plain_french import KEY_WORDS, PlainFrench, plain_french
from channels.safety.vocabulary import Span, Vocabulary, VocabularyError

THEMES = Path(__file__).parent / "patterns" / "distress"
IDEAS = Path(__file__).parent / "patterns" / "ideas"
_FIGURE = "faux_ami"  # the idea whose words are taken out
_BRIEF = 6  # words
_LONGEST = 4000  # characters read; a message is at most 2,000
# Stand at both ends of a message: an entry may begin or end with it (« ^ adieu $ »).
_BEGINNING, _LAST = "^", "$"
_POLITE = "s il vous plait"  # says nothing: not counted among the words of a short message


class PatternFileError(ValueError):
    """A pattern file cannot be used; the message names the file and what is wrong."""


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
    phrases: tuple[Meeting, ...]
    brief: tuple[Meeting, ...]

    def speaks_in(self, said: Mapping[str, Sequence[Span]], length: int) -> bool:
        """True when one of the meetings takes place; those of `brief` count only in a message of a few words."""
        return any(meeting.holds(said) for meeting in (self.phrases if length > _BRIEF else (*self.brief, *self.phrases)))


class Safety:
    """The pattern files, ready to use. `check` takes a fraction of a millisecond."""

    def __init__(self, themes: Path = THEMES, ideas: Path = IDEAS, plain: PlainFrench | None = None) -> None:
        self._plain = plain or plain_french()
        self._vocabulary = _vocabulary(ideas)
        self._themes = sorted((_theme(path, self._vocabulary) for path in themes.glob("*.yml")), key=lambda theme: theme.rank)

    def check(self, text: str) -> Finding | None:
        """The most urgent theme found, or None."""
        words = [_BEGINNING, *self._plain(text[:_LONGEST]).split(), _LAST]
        said = self._vocabulary.read(words)
        for first, last in said.get(_FIGURE, ()):
            words[first:last + 1] = ["~"] * (last + 1 - first)
        if _FIGURE in said:
            said = self._vocabulary.read(words)
        length = len(words) - 2 - len(_POLITE.split()) * " ".join(words).count(_POLITE)
        return next((Finding(theme.name, theme.sentence) for theme in self._themes if theme.speaks_in(said, length)), None)

    def themes(self) -> list[str]:
        """The themes, most urgent first."""
        return [theme.name for theme in self._themes]


@cache
def shipped_safety() -> Safety:
    """The shipped patterns, read once a process: they do not change while it runs."""
    return Safety()


def _vocabulary(folder: Path) -> Vocabulary:
    ideas: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        found = yaml.safe_load(path.read_text("utf-8"))
        if twice := ideas.keys() & found.keys():
            raise PatternFileError(f"{path.name} : « {min(twice)} » existe déjà")
        ideas |= found
    try:
        return Vocabulary(ideas, yaml.safe_load(KEY_WORDS.read_text("utf-8"))["sauf"])
    except VocabularyError as error:
        raise PatternFileError(f"{folder.name} : {error}") from error


def _theme(path: Path, vocabulary: Vocabulary) -> _Theme:
    data = yaml.safe_load(path.read_text("utf-8"))
    try:
        phrases, brief = (_meetings(data.get(key) or (), vocabulary) for key in ("phrases", "brefs"))
        return _Theme(path.stem, str(data["texte"]), int(data["rang"]), phrases, brief)
    except (KeyError, VocabularyError) as error:
        raise PatternFileError(f"{path.name} : {error}") from error


def _meetings(lines: Sequence[Any], vocabulary: Vocabulary) -> tuple[Meeting, ...]:
    meetings = tuple(Meeting.of(str(line)) for line in lines)
    unknown = {idea for meeting in meetings for idea in meeting.ideas()} - vocabulary.names
    if unknown:
        raise VocabularyError(f"« {min(unknown)} » n'est pas une idée de patterns/ideas")
    return meetings
