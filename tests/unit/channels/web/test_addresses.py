"""What is no address breaks nothing."""

from __future__ import annotations

import pytest

from channels.web.addresses import parts_of


def test_an_address_is_taken_apart() -> None:
    found = parts_of("https://www.exemple.fr/a?b")
    assert (found.netloc, found.path) == ("www.exemple.fr", "/a")


@pytest.mark.parametrize("text", ["http://[", "http://[::1", "https://[v1.x"])
def test_what_is_none_has_no_host(text: str) -> None:
    assert parts_of(text).netloc == ""
