"""Where a call stands, carried by the (signed) address that Twilio calls next: no memory of ours can be lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from channels.errors import BadRequest

_MOST = 100_000


@dataclass(frozen=True, slots=True)
class CallState:
    """`turn`: number of the turn asked for; `since`: number of the first message of our last answer (to repeat it);
    `page`: which part of it was said; `misses`: turns without an understood word; `slow`: the caller asked for slower
    speech; `bye`: the recap was offered, the caller is about to hang up; `to`: the account of the advisor who is called."""

    conversation: str
    turn: int = 1
    since: int = 0
    page: int = 0
    misses: int = 0
    slow: bool = False
    bye: bool = False
    to: str = ""

    def query(self) -> str:
        """As the query of an address; what has its default is left out."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({key: int(value) if isinstance(value, bool) else value for key, value in found.items() if value})

    @classmethod
    def read(cls, query: Mapping[str, str]) -> CallState:
        """From the query of an address.

        Raises:
            BadRequest: no conversation, or numbers that are none.
        """
        def number(name: str) -> int:
            value = query.get(name) or "0"
            if not value.isdecimal() or len(value) > len(str(_MOST)) or int(value) > _MOST:
                raise BadRequest
            return int(value)

        if not query.get("conversation"):
            raise BadRequest
        return cls(query["conversation"][:32], number("turn") or 1, number("since"), number("page"), number("misses"),
                   bool(number("slow")), bool(number("bye")), (query.get("to") or "")[:32])
