"""A reaction, thanks, yes or no that ask nothing are told from messages that do."""

from __future__ import annotations

import pytest

from language.reading import read
from tests.unit.language.cases import cases

CASES = [(text, kind) for kind, texts in cases("replies").items() for text in texts]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_a_mere_reply_is_known(text: str, kind: str) -> None:
    assert read(text).reply == kind
