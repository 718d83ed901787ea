"""Every sentence that the code names is there, and no sentence waits for nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from channels.sentences import Sentences, UnknownSentence

CHANNELS = Path(__file__).parents[3] / "channels"
_NAMED = re.compile(r'"((?:relay|handoff|forms|alerts|sms|buttons|transcript|summary)\.[a-z_]+)"')


def test_every_sentence_named_in_the_code_exists() -> None:
    known = set(Sentences().names())
    named = {name for path in CHANNELS.rglob("*.py") for name in _NAMED.findall(path.read_text("utf-8"))}
    assert named - known == set()


def test_a_missing_sentence_or_value_is_said() -> None:
    say = Sentences()
    with pytest.raises(UnknownSentence):
        say.text("relay.inconnue")
    with pytest.raises(UnknownSentence, match="phone"):
        say.text("forms.recap_done")
