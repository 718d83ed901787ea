"""Whose distress it is: somebody who tells of a child, a pupil, a friend is spoken to as who tells, not as who is hurt.

Reads the plain words of the clauses that say it. What a teller says of himself in telling (« m'a dit que », « je suis sa prof »,
« je ne sais pas quoi faire ») is taken out (patterns/acts/telling.yml); when nobody speaks of himself any more and somebody else
is named, it is another's. In doubt it is the writer's own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from channels.safety.acts import FOLDER, Act, Who, shipped_acts
from channels.safety.kinds import BY_OTHERS
from channels.safety.plain_french import plain_french
from language.yml import read_yml

FILE = FOLDER / "telling.yml"
_ANY, _FEWEST = "_", 3  # words of what else is asked


class Telling:
    """The word lists, ready to use."""

    def __init__(self, file: Path = FILE) -> None:
        table: dict[str, Any] = read_yml(file.read_text("utf-8"))
        self._tells = [tuple(frozenset(part.split("|")) for part in str(row).split()) for row in table["rapporte"]]
        self._self = frozenset(table["soi"])
        self._others = [tuple(str(name).split()) for name in table["autres"]]

    def of_another(self, text: str, acts: Sequence[Act] = (), kinds: Collection[str] = ()) -> bool:
        """True when these words tell of somebody else's distress; `acts`: who does what to whom in the whole message.

        Where others hurt (`kinds`), a partner, a parent or a master who is named is who hurts: « mon conjoint est violent ».
        """
        if any(act.to == Who.SELF for act in acts):
            return False
        words = plain_french()(text).split()
        named = bool(acts) or self._names_another(words)
        named = named or (BY_OTHERS.isdisjoint(kinds) and bool(shipped_acts().relations(words)))
        return named and self._self.isdisjoint(self._without_telling(words))

    def asks_more(self, text: str) -> bool:
        """True when words are left beside who writes and what should be done (« je suis sa prof, je fais quoi »)."""
        return len(self._without_telling(plain_french()(text).split())) >= _FEWEST

    def _without_telling(self, words: Sequence[str]) -> list[str]:
        kept, at = [], 0
        while at < len(words):
            said = next((row for row in self._tells if _row_at(row, words, at)), None)
            if said is None:
                kept.append(words[at])
            at += len(said) if said else 1
        return kept

    def _names_another(self, words: Sequence[str]) -> bool:
        return any(tuple(words[at : at + len(name)]) == name for name in self._others for at in range(len(words)))


def _row_at(row: Sequence[frozenset[str]], words: Sequence[str], at: int) -> bool:
    return at + len(row) <= len(words) and all(_ANY in part or words[at + step] in part for step, part in enumerate(row))


@cache
def shipped_telling() -> Telling:
    """The shipped lists, read once a process."""
    return Telling()
