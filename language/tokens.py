"""A text cut into the words that were typed, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from language.fold import fold, shorten_runs
from language.tables import word_set

LONGEST_WORD = 60  # letters; what is longer is no word, and is cut
FEWEST_SPELLED = 4  # single letters in a row that make a word; three when it is in the list
_LETTER = r"[^\W_]"
_TOKEN = re.compile(
    r"(?P<address>(?:https?://|www\.)\S{1,300}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4})"
    # « s.u.i.c.i.d.e », « C.A.P. »: letters one by one.
    rf"|(?P<dotted>(?<!\w)(?:[^\W\d_][.*_-]){{3,30}}[^\W\d_](?!\w)|(?<!\w)(?:[A-Z]\.){{2,8}}(?!\w))"
    # « su!c1de »: signs that stand for letters. Not « 2e », « L1 », « m1 »: letters after the sign, two before a figure.
    r"|(?P<masked>(?<!\w)[a-z]+[@$!][a-z]+(?:[01@$!]+[a-z]+)*(?!\w)|(?<!\w)[a-z]{2,20}[01][a-z]{2,20}(?!\w))"
    rf"|(?P<word>\+?{_LETTER}(?:{_LETTER}|[\u0300-\u036f+])*)",
    re.IGNORECASE,
)
_APOSTROPHES = frozenset("'’‘ʼ´`")
_SIGNS = str.maketrans("01@$!", "oiasi")
_TWO_WORDS = re.compile(r"[a-z]{2,}![a-z]+", re.IGNORECASE)
_CUT = re.compile(rf"{_LETTER}+")
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] ){2,30}[^\W\d_](?!\w)")


@dataclass(frozen=True)
class Token:
    """Where a word stands in the text, and its folded form. `elided`: an apostrophe follows, so « c » is not « c’est »."""

    start: int
    end: int
    folded: str
    elided: bool = False


def tokens(text: str) -> list[Token]:
    """The words of a text in order. An apostrophe or a hyphen separates; an address stays in one piece."""
    found: list[Token] = []
    position = 0
    for spelled in _SPACED.finditer(text):
        word = fold(spelled[0].replace(" ", ""))
        if len(word) >= FEWEST_SPELLED or word in word_set("sms", "epeles"):
            found += _between(text, position, spelled.start())
            found.append(Token(spelled.start(), spelled.end(), word))
            position = spelled.end()
    return [*found, *_between(text, position, len(text))]


def _between(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        if match.lastgroup == "masked" and _TWO_WORDS.fullmatch(match[0]):
            # « non!mon »: two words.
            yield from (
                Token(part.start(), part.end(), _folded(part[0])) for part in _CUT.finditer(text, match.start(), match.end())
            )
        elif folded := _form(match):
            yield Token(match.start(), match.end(), folded, text[match.end() : match.end() + 1] in _APOSTROPHES)


def _form(match: re.Match[str]) -> str:
    if match.lastgroup == "word":
        return _folded(match[0][:LONGEST_WORD])
    if match.lastgroup == "dotted":
        return fold("".join(char for char in match[0] if char.isalpha()))
    if match.lastgroup == "masked":
        return fold(match[0].lower().translate(_SIGNS))
    return _folded(match[0][:LONGEST_WORD])


def _folded(word: str) -> str:
    if word.isascii() and word.isalnum():
        return shorten_runs(word.lower())
    return shorten_runs(fold(word)).replace("'", "").replace(" ", "")
