"""The lists: messages as people wrote them, with what they need. Texts never change; see `freezing.py`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evaluation.exchange import Channel, Talk

FOLDER = Path(__file__).resolve().parents[1] / "lists"
LISTS = ("frozen", "daily")


@dataclass(frozen=True)
class Need:
    """One thing that a message asks for; no sheets: the knowledge base has none that answers."""

    what: str
    point: str
    place: bool | str
    sheets: tuple[str, ...]
    for_whom: str = ""


@dataclass(frozen=True)
class Listed:
    """One message of a list."""

    id: str
    voice: str
    group: str
    channel: Channel
    kind: str
    message: str
    good_answer: str
    scope: Literal["in", "out", "person"]
    needs: tuple[Need, ...]

    @property
    def answerable(self) -> tuple[Need, ...]:
        """The needs that some sheet answers."""
        return tuple(need for need in self.needs if need.sheets) if self.scope == "in" else ()

    def talk(self) -> Talk:
        """As it is played: the first message of a conversation of its channel."""
        return Talk(self.id, (self.message,), self.channel)


def listed_of(fields: dict[str, Any]) -> Listed:
    """A message from its JSON form."""
    needs = tuple(Need(need["what"], need["point"], need["place"], tuple(need["sheets"]), need.get("for_whom") or "")
                  for need in fields["needs"])
    return Listed(**{**{name: fields[name] for name in _NAMES}, "needs": needs})


_NAMES = ("id", "voice", "group", "channel", "kind", "message", "good_answer", "scope")


def read_list(path: Path) -> list[Listed]:
    """All messages of a list, in its order."""
    return [listed_of(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def list_path(name: str) -> Path:
    """Where a list lies."""
    return FOLDER / f"{name}.jsonl"


def text_digest(messages: Iterable[Listed]) -> str:
    """Sixteen hexadecimal digits of ids and texts: what must never change."""
    return _digest(f"{one.id}\0{one.channel}\0{one.message}" for one in messages)


def label_digest(messages: Sequence[Listed]) -> str:
    """Sixteen hexadecimal digits of scopes and needs: changes when a missing sheet appeared and was labelled."""
    return _digest(f"{one.id}\0{one.scope}\0{one.needs}" for one in messages)


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
