"""An advisor reads why an SMS did not arrive."""

from __future__ import annotations

import pytest

from channels.delivery.reasons import explain
from channels.sentences import Sentences


@pytest.mark.parametrize(("code", "words"), [
    ("30006", "fixe"), ("21610", "ne plus recevoir"), ("99999", "99999"), ("budget", "24 heures")])
def test_every_code_has_its_reason(code: str, words: str) -> None:
    assert words in explain(Sentences(), code)


def test_nothing_is_explained_when_nothing_failed() -> None:
    assert explain(Sentences(), None) == ""
