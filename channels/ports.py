"""What a transport lends to the relay: how its replies look when they leave by the outbox, and words it answers alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from channels.messages import Json, Reply


@dataclass(frozen=True, slots=True)
class Rendered:
    """Bodies to send, one outbox row each, and the transport's state afterwards (kept encrypted)."""

    bodies: list[str]
    state: Json = field(default_factory=dict)


class ChannelPort(Protocol):
    """Given by a transport whose messages leave by a provider."""

    def render(self, replies: Sequence[Reply], state: Json, *, whole: bool = False) -> Rendered:
        """The bodies of these replies, in order; `whole`: an advisor's own words or a safety text, nothing is kept back."""
        ...

    def local(self, text: str, state: Json) -> Rendered | None:
        """An answer that needs neither engine nor forms (« suite »), or None."""
        ...


class PlainPort:
    """The port of a channel until its transport gives a better one: one body a reply, the shorter form when there is one."""

    def render(self, replies: Sequence[Reply], state: Json, *, whole: bool = False) -> Rendered:
        """One body a reply."""
        return Rendered([reply.sms or reply.text for reply in replies], state)

    def local(self, text: str, state: Json) -> Rendered | None:
        """Nothing is answered here."""
        return None


class Ports:
    """The ports by channel. Channels without a port (web) send nothing by the outbox."""

    def __init__(self) -> None:
        self._ports: dict[str, ChannelPort] = {"sms": PlainPort()}

    def register(self, channel: str, port: ChannelPort) -> None:
        """The transport's own port replaces the plain one."""
        self._ports[channel] = port

    def get(self, channel: str) -> ChannelPort | None:
        """The port of a channel that sends by the outbox, else None."""
        return self._ports.get(channel)
