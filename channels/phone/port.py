"""What is written to a caller: an advisor's words go by SMS when the caller agreed, and nowhere otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from channels.messages import Json, Reply
from channels.ports import ChannelPort, Rendered

BY_SMS = "by_sms"  # in the conversation's channel_state, once the caller said yes to the recap on this number


class PhonePort:
    """The port of the channel « phone ». What the bot says is said aloud by the call itself."""

    def __init__(self, sms: ChannelPort) -> None:
        self._sms = sms

    def render(self, replies: Sequence[Reply], state: Json, *, whole: bool = False) -> Rendered:
        """SMS of a person's words to a caller who agreed; nothing else leaves."""
        if not whole or not state.get(BY_SMS):
            return Rendered([], state)
        return Rendered(self._sms.render(replies, {}, whole=True).bodies, state)

    def local(self, text: str, state: Json) -> Rendered | None:
        """Callers send no words by the outbox."""
        return None
