"""Recognises a plain request for a person (wants_person.yml) before the engine, so that it works with the engine down.

Only whole sentences count: « je veux parler à un conseiller » does, « comment devenir conseiller » does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from channels.safety.plain_french import PlainFrench, plain_french
from clock import now
from language.times import read_times
from language.yml import read_yml

FILE = Path(__file__).with_name("wants_person.yml")
_LONGEST_WHEN = 12  # words
_ASKS = frozenset({"quoi", "combien", "comment", "quel", "quelle", "pourquoi", "quels", "quelles"})
_SHORT = 120  # a longer message says something else too: the engine reads it


class Wishes:
    """The wishes that need no engine: `person`, `callback`, `stop_waiting`, `wait`, `courtesy`…."""

    def __init__(self, file: Path = FILE, plain: PlainFrench | None = None) -> None:
        data = read_yml(file.read_text("utf-8"))
        self._plain = plain or plain_french()
        self._patterns = {name: _compile(entry, data) for name, entry in data["souhaits"].items()}

    def read(self, text: str) -> str | None:
        """The wish that this whole message is, or None."""
        if len(text) > _SHORT:
            return None
        plain = self._plain(text)
        found = next((name for name, pattern in self._patterns.items() if pattern.fullmatch(plain)), None)
        return found or self._with_a_moment(plain)

    def _with_a_moment(self, plain: str) -> str | None:
        """« rappelez-moi entre 14h et 16h »: a wish for a call, then nothing but words that say when."""
        words = plain.split()
        if not _ASKS.isdisjoint(words):
            return None
        for name in ("callback", "move_callback"):
            for cut in range(len(words) - 1, 0, -1):
                if _says_when(words[cut:]) and self._patterns[name].fullmatch(" ".join(words[:cut])):
                    return name
        return None


@cache
def shipped_wishes() -> Wishes:
    """The wishes of wants_person.yml, read once a process: like the sentences they never change while it runs."""
    return Wishes()


def _says_when(words: Sequence[str]) -> bool:
    return len(words) <= _LONGEST_WHEN and read_times(" ".join(words), now()).said


def _compile(patterns: list[str], data: Mapping[str, Any]) -> re.Pattern[str]:
    names = {key: f"(?:{value})" for key, value in data["raccourcis"].items()}
    full = [re.sub(r"<(\w+)>", lambda match: names[match[1]], pattern) for pattern in patterns]
    before, after = names["avant"], names["apres"]
    return re.compile(f"(?:{before} )*(?:{'|'.join(full)})(?: {after})*")
