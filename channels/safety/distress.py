"""Finds distress in a message by fixed, reviewed patterns, before and apart from the engine.

The message is brought to plain French (plain_french.py); figures of speech are taken out of it
(patterns/ideas/faux_amis.yml); who does what to whom is read (acts.py); the ideas that its words say are found (vocabulary.py,
patterns/ideas/); then each theme (patterns/distress/) says which ideas, standing together, are distress (meetings.py). A line is
certain or only perhaps (`peut_etre`): then the net decides (hearing.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from channels.safety.acts import Act, Acts, Who, shipped_acts
from channels.safety.meetings import Meeting
from channels.safety.plain_french import KEY_WORDS, PlainFrench, plain_french
from channels.safety.vocabulary import Span, Vocabulary, VocabularyError
from language.yml import read_yml

THEMES = Path(__file__).parent / "patterns" / "distress"
IDEAS = Path(__file__).parent / "patterns" / "ideas"
_FIGURE = "faux_ami"  # the idea whose words are taken out
_BRIEF = 6  # words
_LONGEST = 4000  # characters read; a message is at most 2,000
# Stand at both ends of a message: an entry may begin or end with it (« ^ adieu $ »).
_BEGINNING, _LAST = "^", "$"
_POLITE = "s il vous plait"  # says nothing: not counted among the words of a short message
_TAKEN_OUT = "~"
_OF_ONESELF = "suicide"  # the theme in which « me frappe » is what somebody does to himself
_BLOWS = "violence"
_NO_BLOW, _OF_A_TRADE = frozenset({"rire", "sport"}), "metier_etudes"
_BY_OTHERS = frozenset({"violence", "violences_sexuelles", "harcelement"})


class PatternFileError(ValueError):
    """A pattern file cannot be used; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A theme that was recognised; `ideas`: all that its lines say; `certain`: one of them is enough by itself."""

    theme: str
    certain: bool = True
    ideas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """What the patterns read: themes, most urgent first, who does what to whom, and who is named."""

    findings: tuple[Finding, ...] = ()
    acts: tuple[Act, ...] = ()
    people: tuple[Who, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    meeting: Meeting
    certain: bool
    brief: bool


@dataclass(frozen=True, slots=True)
class _Theme:
    name: str
    rank: int
    lines: tuple[_Line, ...]

    def found(self, said: Mapping[str, Sequence[Span]], length: int) -> Finding | None:
        """The theme, when one of its meetings takes place; brief ones count only in a message of a few words."""
        held = [line for line in self.lines if (length <= _BRIEF or not line.brief) and line.meeting.holds(said)]
        if not held:
            return None
        ideas = frozenset(idea for line in held for chain in line.meeting.chains for idea in chain)
        return Finding(self.name, any(line.certain for line in held), ideas)


class Safety:
    """The pattern files, ready to use. Reading takes a millisecond at most."""

    def __init__(
        self, themes: Path = THEMES, ideas: Path = IDEAS, plain: PlainFrench | None = None, acts: Acts | None = None
    ) -> None:
        self._plain, self._acts = plain or plain_french(), acts or shipped_acts()
        self._vocabulary = _vocabulary(ideas)
        self._themes = sorted((_theme(path, self._vocabulary) for path in themes.glob("*.yml")), key=lambda theme: theme.rank)

    def check(self, text: str) -> Finding | None:
        """The most urgent theme found, certain or not, or None."""
        return next(iter(self.read(text).findings), None)

    def read(self, text: str) -> Told:
        """Everything that the patterns find in a message."""
        words = [_BEGINNING, *self._plain(text[:_LONGEST]).split(), _LAST]
        acts = self._acts.read(words)
        said = self._vocabulary.read(words)
        for first, last in said.get(_FIGURE, ()):
            words[first : last + 1] = [_TAKEN_OUT] * (last + 1 - first)
        if _FIGURE in said:
            said = self._vocabulary.read(words)
        acts = [act for act in acts if not any(words[place] == _TAKEN_OUT for place in act.words)]
        length = len(words) - 2 - len(_POLITE.split()) * " ".join(words).count(_POLITE)
        found = tuple(self._with_acts(list(self._found(words, said, acts, length)), acts, said))
        return Told(found, tuple(acts), tuple(self._acts.relations(words)), tuple(words[1:-1]))

    def _found(
        self, words: Sequence[str], said: Mapping[str, Sequence[Span]], acts: Sequence[Act], length: int
    ) -> Iterator[Finding]:
        by_others = self._without(words, said, [act for act in acts if not act.on_oneself])
        by_oneself = self._without(words, said, [act for act in acts if act.on_oneself])
        for theme in self._themes:
            heard = by_others if theme.name == _OF_ONESELF else by_oneself if theme.name in _BY_OTHERS else said
            finding = theme.found(heard, length)
            if finding is not None:
                yield finding

    def _without(
        self, words: Sequence[str], said: Mapping[str, Sequence[Span]], acts: Sequence[Act]
    ) -> Mapping[str, Sequence[Span]]:
        """The ideas of the message when these acts, which belong to another theme, are not read in it."""
        if not acts:
            return said
        places = {place for act in acts for place in act.words}
        return self._vocabulary.read([_TAKEN_OUT if at in places else word for at, word in enumerate(words)])

    @staticmethod
    def _with_acts(findings: list[Finding], acts: Sequence[Act], said: Mapping[str, Sequence[Span]]) -> list[Finding]:
        """A blow that somebody gives is violence, whatever the lines say; not in a joke, a sport, or said of a trade."""
        blows = [act for act in acts if not act.on_oneself and (act.to == Who.SELF or _OF_A_TRADE not in said)]
        if not blows or not _NO_BLOW.isdisjoint(said):
            return findings
        known = next((finding for finding in findings if finding.theme == _BLOWS), Finding(_BLOWS))
        return [*(finding for finding in findings if finding.theme != _BLOWS), replace(known, certain=True)]

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
        found = read_yml(path.read_text("utf-8"))
        if twice := ideas.keys() & found.keys():
            raise PatternFileError(f"{path.name} : « {min(twice)} » existe déjà")
        ideas |= found
    try:
        return Vocabulary(ideas, read_yml(KEY_WORDS.read_text("utf-8"))["sauf"])
    except VocabularyError as error:
        raise PatternFileError(f"{folder.name} : {error}") from error


def _theme(path: Path, vocabulary: Vocabulary) -> _Theme:
    data = read_yml(path.read_text("utf-8"))
    try:
        return _Theme(path.stem, int(data["rang"]), tuple(_lines(data, vocabulary)))
    except (KeyError, VocabularyError) as error:
        raise PatternFileError(f"{path.name} : {error}") from error


def _lines(data: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[_Line]:
    perhaps = data.get("peut_etre") or {}
    for lists, certain in ((data, True), (perhaps, False)):
        for key in ("phrases", "brefs"):
            for line in lists.get(key) or ():
                yield _Line(_meeting(str(line), vocabulary), certain, key == "brefs")


def _meeting(line: str, vocabulary: Vocabulary) -> Meeting:
    meeting = Meeting.of(line)
    if unknown := meeting.ideas() - vocabulary.names:
        raise VocabularyError(f"« {min(unknown)} » n'est pas une idée de patterns/ideas")
    return meeting
