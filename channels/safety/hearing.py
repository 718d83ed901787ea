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
from channels.safety.kinds import BY_OTHERS, OF_ONESELF, clearer, in_order, of_told
from channels.safety.net import SUFFIX, DistressNet, Sounds
from channels.safety.pieces import clauses
from channels.safety.tongues import phrases_in
from channels.safety.whose import shipped_telling

_MOST_SOFT = 3  # kinds named in one soft line
_KIND, _SURE_KIND = 0.35, 0.7  # shares from which on the net names a kind, and adds it to those of the words
_ANYBODY = ("suicide", "enfant", "couple")  # named when nobody knows which kind it is: 3114, 119, 3919
_BRIEF = 12  # words: in so short a message a doubtful pattern is enough when there is no net


class Level(StrEnum):
    """How sure it is, and so what happens."""

    SOFT = "soft"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Shares of the net, chosen on a blind list that was left out (docs/safety.md).

    `highest`: enough alone, when the most worrying piece and the whole message both have it; `doubtful`, `doubtful_whole`: what
    piece and whole need to confirm a doubtful pattern; `against`: below it in both even a certain pattern is only a soft line;
    `quiet`: below it in both a doubtful pattern is nothing; `soft`: a soft line by the net alone, of both together.
    """

    highest: float = 0.99
    doubtful: float = 0.6
    doubtful_whole: float = 0.5
    against: float = 0.2
    quiet: float = 0.05
    soft: float = 0.3


@dataclass(frozen=True, slots=True)
class Heard:
    """`kinds`: the help that fits, most urgent first; `words`: the part of the message that says it; `rest`: what else is asked;
    `source`: the address that it came from, for grouping alerts; `other`: who writes tells of somebody else; `by_words`: a
    pattern says it, not the net alone."""

    level: Level
    kinds: tuple[str, ...]
    words: str = ""
    rest: str = ""
    source: str | None = None
    tongue: str | None = None
    other: bool = False
    by_words: bool = True

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
        kinds = _kinds(told, sounds, (kind for _, kind in foreign), level)
        tongue = foreign[0][0] if foreign else _script(text)
        words, rest = self._parted(text, sounds)
        other = not foreign and shipped_telling().of_another(words, told.acts, kinds)
        return Heard(level, kinds, words, rest, tongue=tongue, other=other, by_words=bool(told.findings or foreign))

    def _level(self, told: Told, sounds: Sounds | None, length: int) -> Level | None:
        certain = any(finding.certain for finding in told.findings)
        if sounds is None:
            sure = certain or (told.findings and length <= _BRIEF)
            return Level.FULL if sure else Level.SOFT if told.findings else None
        return Level.FULL if self._is_sure(told, sounds, certain) else self._perhaps(told, sounds, certain)

    def _is_sure(self, told: Told, sounds: Sounds, certain: bool) -> bool:
        confirmed = sounds.share >= self.bounds.doubtful and sounds.whole >= self.bounds.doubtful_whole
        return (
            min(sounds.share, sounds.whole) >= self.bounds.highest
            or (certain and max(sounds.share, sounds.whole) >= self.bounds.against)
            or (bool(told.findings) and confirmed)
        )

    def _perhaps(self, told: Told, sounds: Sounds, certain: bool) -> Level | None:
        by_words = certain or (bool(told.findings) and max(sounds.share, sounds.whole) >= self.bounds.quiet)
        return Level.SOFT if by_words or sounds.together >= self.bounds.soft else None

    def _parted(self, text: str, sounds: Sounds | None) -> tuple[str, str]:
        """The clauses that say it, and those that ask something else."""
        parts = clauses(text)
        ringing = [part for part in parts if self._rings(part, sounds)]
        if not ringing:
            return text.strip(), ""
        rest = " ".join(part for part in parts if part not in ringing)
        return " ".join(ringing).strip(), rest if shipped_telling().asks_more(rest) else ""

    def _rings(self, part: str, sounds: Sounds | None) -> bool:
        if self.patterns.check(part) is not None or phrases_in(part):
            return True
        heard = self.net.hear(part) if self.net and sounds is not None else None
        return heard is not None and heard.share >= self.bounds.doubtful / 2


def _kinds(told: Told, sounds: Sounds | None, foreign: Iterable[str], level: Level) -> tuple[str, ...]:
    by_words = {*foreign, *of_told(told, told.findings)}
    if sounds is None or not sounds.kinds:
        return in_order(by_words or {"suicide"})
    if by_words:
        return in_order(by_words | _heard_too(told, sounds, by_words))[: None if level == Level.FULL else _MOST_SOFT]
    by_share = sorted(sounds.kinds, key=lambda kind: -sounds.kinds[kind])
    if level == Level.FULL:
        return in_order(clearer({kind for kind in by_share if sounds.kinds[kind] >= _KIND} | {by_share[0]}, told))
    known = by_share[: _MOST_SOFT - 1] if sounds.kinds[by_share[0]] >= _KIND else [*by_share[:2], *_ANYBODY]
    return in_order(clearer(set(list(dict.fromkeys(known))[:_MOST_SOFT]), told))


def _heard_too(told: Told, sounds: Sounds, by_words: set[str]) -> set[str]:
    """What the net is sure of beside the words; never suicide where somebody else hurts."""
    others = any(not act.on_oneself for act in told.acts) or not by_words.isdisjoint(BY_OTHERS)
    return {kind for kind, share in sounds.kinds.items() if share >= _SURE_KIND and not (others and kind in OF_ONESELF)}


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
