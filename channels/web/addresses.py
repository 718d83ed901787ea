"""Addresses that somebody sends, taken apart; what is none breaks nothing."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

_NONE = SplitResult("", "", "", "", "")


def parts_of(address: str) -> SplitResult:
    """Scheme, host, path…; all empty when it is no address (« http://[::1 »)."""
    try:
        return urlsplit(address)
    except ValueError:
        return _NONE
