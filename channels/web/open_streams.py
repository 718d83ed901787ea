"""How many streams and long polls stay open: a few a conversation, a school an address, in all fewer than a process has files.

Each holds a file of the process: without a ceiling, one address that opens them by the thousand keeps everybody out.
"""

from __future__ import annotations

import resource
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from channels.errors import Busy, TooManyRequests

MOST_A_TALK, MOST_AN_ADDRESS = 3, 200


@dataclass(eq=False)
class Held:
    """One that is open. `over`: newer ones of the conversation took its place; it ends at its next beat."""

    over: bool = False


def most_of_process() -> int:
    """Half of the files that this process may open; the rest is for databases, the engine, webhooks and the console."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2


@dataclass
class OpenStreams:
    """Those of one process. `factor` multiplies the ceilings of conversations and addresses; 0 lifts them."""

    factor: float = 1.0
    most: int = field(default_factory=most_of_process)
    _talks: dict[str, list[Held]] = field(default_factory=lambda: defaultdict(list))
    _addresses: Counter[str] = field(default_factory=Counter)

    def admit(self, address: str) -> None:
        """Looks whether one more may be opened from here.

        Raises:
            Busy: the process has no room. TooManyRequests: this address has enough.
        """
        if self._addresses.total() >= self.most:
            raise Busy
        if self.factor and self._addresses[address] >= MOST_AN_ADDRESS * self.factor:
            raise TooManyRequests

    @contextmanager
    def one(self, conversation_id: str, address: str) -> Iterator[Held]:
        """Counts it as long as it lives; the conversation's oldest is over when there are too many."""
        held, talk = Held(), self._talks[conversation_id]
        talk.append(held)
        self._addresses[address] += 1
        if self.factor and len(talk) > MOST_A_TALK:
            talk.pop(0).over = True
        try:
            yield held
        finally:
            if held in talk:
                talk.remove(held)
            if not talk:
                self._talks.pop(conversation_id, None)
            self._addresses[address] -= 1
            if not self._addresses[address]:
                del self._addresses[address]
