"""What was said and what came back: the same record for every channel, one JSON line a turn."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

Channel = Literal["web", "sms", "phone"]
CHANNELS: tuple[Channel, ...] = ("web", "sms", "phone")


@dataclass(frozen=True)
class Talk:
    """A conversation to play: what is said in turn, and what is known of whoever says it."""

    id: str
    turns: tuple[str, ...]
    channel: Channel = "web"
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Exchange:
    """One turn, played. `understood` is None when this version does not tell; `failure` when nothing usable came back."""

    id: str
    talk: str
    turn: int
    channel: str
    message: str
    replies: list[dict[str, str]]
    cards: list[dict[str, Any]]
    buttons: list[str]
    mode: str
    seconds: float
    understood: dict[str, Any] | None = None
    failure: str | None = None
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All that was answered."""
        return "\n".join(reply["text"] for reply in self.replies)

    @property
    def sheets(self) -> list[str]:
        """The cards in their order, `kind/id`, each once."""
        return list(dict.fromkeys(f"{card['kind']}/{card['id']}" for card in self.cards))


def write_exchanges(path: Path, exchanges: Iterable[Exchange]) -> None:
    """One JSON line a turn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(asdict(exchange), ensure_ascii=False) for exchange in exchanges)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def read_exchanges(path: Path) -> list[Exchange]:
    """What `write_exchanges` wrote."""
    return [Exchange(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
