"""Takes what is personal out of a sentence before it is kept for training: numbers, addresses, and names that are introduced."""

from __future__ import annotations

import re

from channels.privacy.masking import mask

_INTRODUCED = r"je m['’ ]?appelle|mon (?:nom|pr[ée]nom) (?:est|c['’]est)|je suis (?:madame|monsieur|mme|mlle|mr)\.?"
_NAMED = re.compile(rf"\b((?i:{_INTRODUCED})\s+)[^\s,.;:!?]+(?:\s+[A-ZÀ-Ý][^\s,.;:!?]*)*")
_TITLED = re.compile(r"\b(M\.|Mme|Mlle|Monsieur|Madame)\s+[A-ZÀ-Ý][\w'’-]*(?:\s+[A-ZÀ-Ý][\w'’-]*)*")


def without_names(text: str) -> str:
    """The sentence on one line; a person still reads it before it is filed."""
    one_line = " ".join(mask(text).split())
    return _TITLED.sub(r"\1 [nom]", _NAMED.sub(r"\1[nom]", one_line))
