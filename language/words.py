"""The words of a message in their normal form, each with the place of what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from language.spelling import accented, elided, spelling
from language.tables import word_set
from language.tokens import Token, tokens
from language.typos import Vocabulary

MOST_CORRECTED = 60  # typed words a message whose spelling is tried: a bound on the work, above any real message


@dataclass(frozen=True)
class Word:
    """A word in its normal form, and where in the text it was typed. « jve » is two words with the same place."""

    normal: str
    start: int
    end: int


def normal_words(text: str, vocabulary: Vocabulary) -> tuple[Word, ...]:
    """The words of a text, SMS spellings written out, slips corrected."""
    typed = tokens(text)
    forms = [_form(text, token) for token in typed]
    table, result, position, tries = spelling(), [], 0, 0
    mixed = not text.isupper()
    while position < len(typed):
        whole = typed[position].elided or (mixed and _is_acronym(text, typed[position]))
        right, length = table.at(forms, position, elided=whole)
        if right == (forms[position],) and tries < MOST_CORRECTED:
            right, tried = _mended(right[0], vocabulary)
            tries += tried
        result += _placed(right, typed[position : position + length])
        position += length
    return tuple(result)


def _is_acronym(text: str, token: Token) -> bool:
    word = text[token.start : token.end]
    return len(word) > 1 and word.isupper() and token.folded not in word_set("sms", "sigles")


def _form(text: str, token: Token) -> str:
    raw = text[token.start : token.end].lower()
    return raw if raw in accented() else token.folded


def _mended(word: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], bool]:
    if word in vocabulary.known or len(word) < 4:
        return (word,), False
    halves = elided(word)
    if halves and halves[1] in vocabulary.known:
        return halves, True
    return (vocabulary.corrected(word),), True


def _placed(right: tuple[str, ...], typed: list[Token]) -> list[Word]:
    if len(right) == len(typed):
        return [Word(word, token.start, token.end) for word, token in zip(right, typed, strict=True)]
    return [Word(word, typed[0].start, typed[-1].end) for word in right]


def normal(text: str) -> str:
    """A name or a short text in its normal form, without correction of slips.

    >>> normal("Jve être coiffeuse")
    'je veux etre coiffeuse'
    """
    typed = tokens(text)
    forms = [_form(text, token) for token in typed]
    result: list[str] = []
    position = 0
    while position < len(typed):
        right, length = spelling().at(forms, position, elided=typed[position].elided)
        result += right
        position += length
    return " ".join(result)
