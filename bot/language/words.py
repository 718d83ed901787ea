"""French words with offsets and normal forms, on spaCy's blank French tokenizer."""

from __future__ import annotations

import functools

import spacy
from spacy.language import Language

from bot.language.lexicon import SmsLexicon
from bot.language.normal import Word, normal_text


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

    def normal_text(self, text: str) -> str:
        """The text as the classifier reads it (see `normal_text`)."""
        return normal_text([word.normal for word in self.words(text)])


@functools.lru_cache(maxsize=1)
def french_words() -> FrenchWords:
    """The shared instance of this process."""
    return FrenchWords()
