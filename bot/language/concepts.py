"""Concepts: groups of words that mean the same to the helpline, from the editable files in `concepts/`.

They let the classifier understand words that no training sentence holds. Entries are folded words or phrases; `*` is any ending.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.language.lexicon import LexiconError
from bot.language.spelling import NearWords
from language.yml import read_yml

_GLUED = re.compile(r"^(qu|[cdjlmnst])([aeiouyh]\w{3,})$")
FOLDER = Path(__file__).with_name("concepts")
# The kinds of things a sentence names: in the sentence's shape, their words are replaced by the kind.
MASKED = ("structure", "metier", "lieu", "filiere", "diplome", "classe", "etablissement", "secteur", "parente")


@dataclass(frozen=True)
class Concepts:
    """Compiled concepts, in the order of the files, and their words for spelling."""

    patterns: Mapping[str, re.Pattern[str]]
    near: NearWords
    stems: tuple[str, ...] = ()

    @classmethod
    def from_folder(cls, folder: Path = FOLDER) -> Concepts:
        """Reads every `*.yml` of a folder: `concept: [entry, …]`.

        Raises:
            LexiconError: a concept stands in two files, or is empty.
        """
        entries = _entries(folder)
        words = {word for listed in entries.values() for entry in listed for word in entry.split()}
        stems = tuple(sorted(word.rstrip("*") for word in words if word.endswith("*")))
        near = NearWords({word.rstrip("*") for word in words})
        return cls({name: _pattern(listed) for name, listed in entries.items()}, near, stems)

    def respelled(self, normal_text: str) -> str:
        """The text with elisions opened (« davenir » → « d avenir ») and words one mistake away from a known one corrected."""
        return " ".join(self._respelled_word(word) for word in normal_text.split())

    def _respelled_word(self, word: str) -> str:
        if self.near.known(word) or word.startswith(self.stems):
            return word
        glued = _GLUED.match(word)
        if glued and self.near.known(glued.group(2)):
            return f"{glued.group(1)} {glued.group(2)}"
        return self.near.corrected(word)

    def found_in(self, normal_text: str) -> list[str]:
        """Names of the concepts that a normal text holds."""
        return [name for name, pattern in self.patterns.items() if pattern.search(normal_text)]

    def sequence(self, normal_text: str) -> list[str]:
        """Names of the concepts in the order of their words; of two at one place, the longer first."""
        found = [(match.start(), match.start() - match.end(), name)
                 for name, pattern in self.patterns.items() for match in pattern.finditer(normal_text)]
        return [name for _, _, name in sorted(found)]

    def shape(self, normal_text: str) -> str:
        """The text with what it names replaced by the kind: « combien gagne un METIER a LIEU »."""
        text = normal_text
        for name in MASKED:
            text = self.patterns[name].sub(name.upper(), text)
        return text


def _entries(folder: Path) -> dict[str, list[str]]:
    entries: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        for name, listed in read_yml(path.read_text(encoding="utf-8")).items():
            if name in entries or not listed:
                raise LexiconError(f"concept empty or stands twice: {name}")
            entries[name] = [str(entry) for entry in listed]
    return entries


def _pattern(entries: Sequence[str]) -> re.Pattern[str]:
    # Longest first: « bac pro » before « bac ».
    ordered = sorted(entries, key=len, reverse=True)
    alternatives = "|".join(re.escape(entry).replace(r"\*", r"\w*") for entry in ordered)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


@functools.lru_cache(maxsize=1)
def shipped_concepts() -> Concepts:
    """The shared instance of this process."""
    return Concepts.from_folder()
