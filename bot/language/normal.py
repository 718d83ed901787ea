"""What is kept of a text once it is cut into words: each word with its offset, and one line of normal forms."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHORTEST_QUESTION = 3  # words that must remain once greetings are taken off
_GREETINGS = "bonjour|bonsoir|salut|coucou|hello|allo|hey|madame|monsieur|messieurs|mesdames|a tous|a vous|excusez moi"
_FILLERS = (
    "euh|alors|voila|bon|ben|bah|oui alors|oui bonjour|oui allo|dis moi|dites moi"
    "|je voulais savoir|je voudrais savoir|j aimerais savoir"
)
_THANKS = "merci(?: d avance| beaucoup)?|s il vous plait|s il te plait|cordialement"
_OPENING = re.compile(rf"^(?:(?:{_GREETINGS}|{_FILLERS}|[,.!;:])\s+)+")
_CLOSING = re.compile(rf"(?:\s+(?:{_THANKS}|[,.!;:]))+$")
_LONG_NUMBER = re.compile(r"\d{3,}")


@dataclass(frozen=True)
class Word:
    """A word as typed, where it starts in the text, and its normal form (folded; may be several words, or empty)."""

    text: str
    start: int
    normal: str

    @property
    def end(self) -> int:
        """Offset just after the word."""
        return self.start + len(self.text)


def normal_text(forms: list[str]) -> str:
    """Normal forms as one line: apostrophes and hyphens open, long numbers alike (a postcode is a shape, not a word)."""
    joined = " ".join(form for form in forms if form)
    opened = joined.replace("'", " ").replace("-", " ")
    return without_politeness(" ".join(_LONG_NUMBER.sub("000", opened).split()))


def without_politeness(text: str) -> str:
    """« bonjour alors voila je cherche un stage merci » → « je cherche un stage »; a message that is only polite stays."""
    shorter = _CLOSING.sub("", _OPENING.sub("", text))
    return shorter if len(shorter.split()) >= SHORTEST_QUESTION else text
