"""Concepts: groups of words that mean the same to the helpline, from the editable files in `concepts/`.

They let the classifier understand words that no training sentence holds. Entries are folded words or phrases; `*` is any ending.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.language.lexicon import LexiconError

FOLDER = Path(__file__).with_name("concepts")
# The kinds of things a sentence names: in the sentence's shape, their words are replaced by the kind.
MASKED = ("structure", "metier", "lieu", "filiere", "diplome", "classe", "etablissement", "secteur", "parente")


@dataclass(frozen=True)
class Concepts:
    """Compiled concepts, in the order of the files."""

    patterns: Mapping[str, re.Pattern[str]]

    @classmethod
    def from_folder(cls, folder: Path = FOLDER) -> Concepts:
        """Reads every `*.yml` of a folder: `concept: [entry, …]`.

        Raises:
            LexiconError: a concept stands in two files, or is empty.
        """
        patterns: dict[str, re.Pattern[str]] = {}
        for path in sorted(folder.glob("*.yml")):
            for name, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
                if name in patterns or not entries:
                    raise LexiconError(f"concept empty or stands twice: {name}")
                patterns[name] = _pattern([str(entry) for entry in entries])
        return cls(patterns)

    def found_in(self, normal_text: str) -> list[str]:
        """Names of the concepts that a normal text holds."""
        return [name for name, pattern in self.patterns.items() if pattern.search(normal_text)]

    def shape(self, normal_text: str) -> str:
        """The text with what it names replaced by the kind: « combien gagne un METIER a LIEU »."""
        text = normal_text
        for name in MASKED:
            text = self.patterns[name].sub(name.upper(), text)
        return text


def _pattern(entries: Sequence[str]) -> re.Pattern[str]:
    # Longest first: « bac pro » before « bac ».
    ordered = sorted(entries, key=len, reverse=True)
    alternatives = "|".join(re.escape(entry).replace(r"\*", r"\w*") for entry in ordered)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


@functools.lru_cache(maxsize=1)
def shipped_concepts() -> Concepts:
    """The shared instance of this process."""
    return Concepts.from_folder()
