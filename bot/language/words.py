"""French words with offsets and normal forms, on spaCy's blank French tokenizer."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bot.language.fold import fold
from bot.language.lexicon import SmsLexicon

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


class FrenchWords:
    """Splits a text into words. Build it once: loading the rules takes a second."""

    def __init__(self, lexicon: SmsLexicon | None = None) -> None:
        """Uses the shipped lexicon unless another is given."""
        self.language: Language = spacy.blank("fr")
        self.lexicon = lexicon or SmsLexicon.from_file()

    def words(self, text: str) -> list[Word]:
        """The words of a text in order; spaces are left out."""
        tokens = [token for token in self.language.make_doc(text) if not token.is_space]
        forms = self.lexicon.normal_forms([token.text for token in tokens])
        return [Word(token.text, token.idx, form) for token, form in zip(tokens, forms, strict=True)]

    def document(self, text: str) -> Doc:
        """spaCy's document, each token's norm being its normal form (for matching names whatever the spelling)."""
        document = self.language.make_doc(text)
        forms = self.lexicon.normal_forms([token.text for token in document])
        for token, form in zip(document, forms, strict=True):
            token.norm_ = form or fold(token.text)
        return document

    def normal_text(self, text: str) -> str:
        """The text as the classifier reads it (see `normal_text`)."""
        return normal_text([word.normal for word in self.words(text)])


def normal_text(forms: list[str]) -> str:
    """Normal forms as one line: apostrophes and hyphens open, long numbers alike (a postcode is a shape, not a word)."""
    joined = " ".join(form for form in forms if form)
    opened = joined.replace("'", " ").replace("-", " ")
    return without_politeness(" ".join(_LONG_NUMBER.sub("000", opened).split()))


def without_politeness(text: str) -> str:
    """« bonjour alors voila je cherche un stage merci » → « je cherche un stage »; a message that is only polite stays."""
    shorter = _CLOSING.sub("", _OPENING.sub("", text))
    return shorter if len(shorter.split()) >= SHORTEST_QUESTION else text


@functools.lru_cache(maxsize=1)
def french_words() -> FrenchWords:
    """The shared instance of this process."""
    return FrenchWords()
