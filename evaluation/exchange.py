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
    """One turn, played. `understood` is None when this version does not tell; `failure` when nothing usable came back. `written`:
    the answer as the helpline wrote it down, before a channel without cards made words of it; None where the chat shows it all,
    and where nobody can look."""

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
    written: list[dict[str, Any]] | None = None

    @property
    def text(self) -> str:
        """All that was answered, as it was read or heard."""
        return "\n".join(reply["text"] for reply in self.replies)

    @property
    def is_known(self) -> bool:
        """True when it can be told which sheets the answer is made of, and who wrote it."""
        return self.channel == "web" or self.written is not None

    @property
    def sheets(self) -> list[str]:
        """The sheets that the answer is made of in their order, `kind/id`, each once."""
        cards = self.cards if self.written is None else [card for message in self.written for card in message["cards"]]
        return list(dict.fromkeys(f"{card['kind']}/{card['id']}" for card in cards))

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The answer before a channel shortened it, where that is known: who wrote what."""
        return self.replies if self.written is None else self.written

    @property
    def offers(self) -> list[str]:
        """The choices that the answer offers."""
        if self.written is None:
            return self.buttons
        return [reply["label"] for message in self.written for reply in message["quick_replies"]]


def write_exchanges(path: Path, exchanges: Iterable[Exchange]) -> None:
    """One JSON line a turn."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(asdict(exchange), ensure_ascii=False) for exchange in exchanges)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def read_exchanges(path: Path) -> list[Exchange]:
    """What `write_exchanges` wrote."""
    return [Exchange(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
