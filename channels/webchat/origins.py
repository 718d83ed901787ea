"""Which sites may embed the chat: the setting `widget_origins`, read once.

« https://www.normandie.fr » allows a site for every site key, « lycees=https://*.ac-normandie.fr » for one key only; `*.` stands
for any sub-domain. Empty: every site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from channels.web.addresses import parts_of


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str | None
    scheme: str
    host: str
    any_sub_domain: bool

    def matches(self, origin: str) -> bool:
        parts = parts_of(origin)
        if parts.scheme != self.scheme:
            return False
        return parts.netloc.endswith("." + self.host) if self.any_sub_domain else parts.netloc == self.host


class Origins:
    """The allowed origins. `own`: our own public address, always allowed."""

    def __init__(self, setting: str, own: str) -> None:
        self._own = own
        self._entries = tuple(_entries(setting))

    def known(self, origin: str) -> bool:
        """True when some site key may be used from this origin."""
        return self._free(origin) or any(entry.matches(origin) for entry in self._entries)

    def may_open(self, origin: str, site_key: str | None) -> bool:
        """True when a conversation may be opened from this origin with this site key."""
        if self._free(origin):
            return True
        return any(entry.key in (None, site_key) and entry.matches(origin) for entry in self._entries)

    def _free(self, origin: str) -> bool:
        # Servers and command lines send no Origin: the rule protects people's browsers, the token protects conversations.
        return not self._entries or not origin or origin == self._own


def _entries(setting: str) -> Iterator[_Entry]:
    for item in filter(None, (part.strip() for part in setting.split(","))):
        key, equals, address = item.partition("=")
        parts = urlsplit((address if equals else item).rstrip("/"))
        star = parts.netloc.startswith("*.")
        yield _Entry(key if equals else None, parts.scheme, parts.netloc.removeprefix("*."), star)
