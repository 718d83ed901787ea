"""Words as the engine's tokenizer gives them, without spaCy: for tests that are about what comes after it."""

from __future__ import annotations

import re

from bot.language.normal import Word
from language.fold import fold

_TOKEN = re.compile(r"[\w'’-]+|[^\w\s]")


def typed(text: str) -> list[Word]:
    """Folded words and signs with their offsets."""
    return [Word(found.group(), found.start(), fold(found.group())) for found in _TOKEN.finditer(text)]
