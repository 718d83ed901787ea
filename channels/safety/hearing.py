"""What a message says of distress, and how loudly: patterns, phrases of other tongues, and the learnt net, heard together.

FULL: the fixed text, the alarm, the queue. SOFT: one line with the numbers beside the answer, nobody is told. A full text only
comes from a certain pattern that the net does not contradict, from a doubtful one that the net confirms, or from the net at its
highest. With the encoder down the patterns remain: certain ones are full, doubtful ones too in a short message, else soft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from channels.safety.distress import Safety, Told, shipped_safety
from channels.safety.kinds import clearer, in_order, of_told
from channels.safety.net import SUFFIX, DistressNet, Sounds
from channels.safety.pieces import clauses
from channels.safety.tongues import phrases_in

_MOST_SOFT = 2  # kinds named in one soft line
_KIND = 0.35  # share from which on the net names a kind
_FEWEST = 3  # words of what else is asked
_BRIEF = 12  # words: in so short a message a doubtful pattern is enough when there is no net
_LONG = 20  # words: a longer message has more pieces, one of them worries by chance


class Level(StrEnum):
    """How sure it is, and so what happens."""

    SOFT = "soft"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Shares of the net, chosen on writers and lists left out (docs/safety.md). `highest`: enough alone; `doubtful`: confirms a
    doubtful pattern; `against`: below it even a certain pattern is only a soft line; `soft`: a soft line by itself, in a message
    of few words; `soft_long`: in a longer one."""

    highest: float = 0.985
    doubtful: float = 0.6
    doubtful_long: float = 0.97
    against: float = 0.08
    soft: float = 0.5
    soft_long: float = 0.72


@dataclass(frozen=True, slots=True)
class Heard:
    """`kinds`: the help that fits, most urgent first; `words`: the part of the message that says it; `rest`: what else is asked;
    `source`: the address that it came from, for grouping alerts."""

    level: Level
    kinds: tuple[str, ...]
    words: str = ""
    rest: str = ""
    source: str | None = None
    tongue: str | None = None

    @property
    def full(self) -> bool:
        """True when the fixed text is due."""
        return self.level == Level.FULL


@dataclass(frozen=True)
class Ear:
    """Patterns and net together. `net` is None before training: the patterns alone."""

    patterns: Safety
    net: DistressNet | None = None
    bounds: Bounds = Bounds()

    def hear(self, text: str) -> Heard | None:
        """What this message says of distress; None when nothing."""
        told, sounds = self.patterns.read(text), self.net.hear(text) if self.net else None
        foreign = phrases_in(text)
        level = Level.FULL if foreign else self._level(told, sounds, len(text.split()))
        if level is None:
            return None
        kinds = _kinds(told, sounds, (kind for _, kind in foreign))
        tongue = foreign[0][0] if foreign else _script(text)
        words, rest = self._parted(text, sounds)
        return Heard(level, kinds if level == Level.FULL else kinds[:_MOST_SOFT], words, rest, tongue=tongue)

    def _level(self, told: Told, sounds: Sounds | None, length: int) -> Level | None:
        certain = any(finding.certain for finding in told.findings)
        if sounds is None:
            sure = certain or (told.findings and length <= _BRIEF)
            return Level.FULL if sure else Level.SOFT if told.findings else None
        if sounds.share >= self.bounds.highest or (certain and sounds.share >= self.bounds.against):
            return Level.FULL
        if told.findings:
            return (
                Level.FULL
                if sounds.share >= (self.bounds.doubtful_long if length > _LONG else self.bounds.doubtful)
                else Level.SOFT
            )
        return Level.SOFT if sounds.share >= (self.bounds.soft_long if length > _LONG else self.bounds.soft) else None

    def _parted(self, text: str, sounds: Sounds | None) -> tuple[str, str]:
        """The clauses that say it, and those that ask something else."""
        parts = clauses(text)
        ringing = [part for part in parts if self._rings(part, sounds)]
        if not ringing:
            return text.strip(), ""
        rest = " ".join(part for part in parts if part not in ringing)
        return " ".join(ringing).strip(), rest if len(rest.split()) >= _FEWEST else ""

    def _rings(self, part: str, sounds: Sounds | None) -> bool:
        if self.patterns.check(part) is not None or phrases_in(part):
            return True
        heard = self.net.hear(part) if self.net and sounds is not None else None
        return heard is not None and heard.share >= self.bounds.doubtful / 2


def _kinds(told: Told, sounds: Sounds | None, foreign: Iterable[str]) -> tuple[str, ...]:
    by_words = {*foreign, *of_told(told, told.findings)}
    if by_words or sounds is None or not sounds.kinds:
        return in_order(by_words or {"suicide"})
    best = max(sounds.kinds, key=lambda kind: sounds.kinds[kind])
    named = {kind for kind, share in sounds.kinds.items() if share >= _KIND} | {best}
    return in_order(clearer(named, told))


_ARABIC, _CYRILLIC = re.compile(r"[\u0600-\u06ff]{2}"), re.compile(r"[\u0400-\u04ff]{2}")


def _script(text: str) -> str | None:
    return "ar" if _ARABIC.search(text) else "uk" if _CYRILLIC.search(text) else None


def shipped_ear(folder: Path) -> Ear:
    """The shipped patterns, and the newest net that training left in this folder; the patterns alone when there is none."""
    newest = max(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, default=None) if folder.is_dir() else None
    return Ear(shipped_safety(), _net(newest) if newest else None)


@cache
def _net(path: Path) -> DistressNet:
    return DistressNet.load(path)
