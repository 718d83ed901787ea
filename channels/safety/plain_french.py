"""Brings a message to one plain spelling before patterns read it: no accents, no case, no punctuation, SMS words written out."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from unidecode import unidecode

from channels.safety.sounds import KeyWords
from channels.safety.vocabulary import verb_forms
from language.yml import read_yml

FILE = Path(__file__).parent / "patterns" / "spelling.yml"
KEY_WORDS = Path(__file__).parent / "patterns" / "keywords.yml"
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# « jpense », « jsuis »: a pronoun that lost its vowel (not JPO, JDC: four letters at least).
_JOINED = re.compile(r"^j(?=[bcdfgklmnpqrstvz][a-z]{2,})")
# Half of the « ne » are not written: all of them go, « plus », « pas », « jamais » remain.
_NEGATION = frozenset({"ne", "n"})
_BORN = re.compile(r"\bn(?:é|e\u0301)e?s?\b")
# « v!0lée », « su!c1de »: signs that stand for letters, inside a word. A « ! » alone is one only after a single letter:
# « non!mon père » is two words.
_MASKED = re.compile(r"\b[a-z]+(?:[01@$!]+[a-z]+)+\b")
_TWO_WORDS = re.compile(r"[a-z]{2,}![a-z]+")
_LETTERS = str.maketrans("01@$!", "oiasi")
_REPEATED = re.compile(r"([a-z])\1{2,}")


class PlainFrench:
    """The spelling table of patterns/spelling.yml, ready to use."""

    def __init__(self, file: Path = FILE, key_words: Path = KEY_WORDS) -> None:
        table = read_yml(file.read_text("utf-8"))
        self._words: dict[str, str] = {str(word): str(right) for right, words in table["mots"].items() for word in words}
        phrases = {str(key): str(value) for key, value in table["expressions"].items()}
        # Longest first, so that « c koi » wins over « c ».
        self._phrases = phrases
        # Spellings of a whole family of words (« raquette », « rackete »), in order.
        self._forms = [(re.compile(form["motif"]), str(form["devient"])) for form in table.get("formes") or []]
        keys = read_yml(key_words.read_text("utf-8"))
        forms = (form for verb in keys["verbes"] for form in verb_forms(verb))
        self._keys = KeyWords([*keys["mots"], *forms], keys["sauf"], nearly=True)
        self._phrase = re.compile(r"\b(" + "|".join(sorted(map(re.escape, phrases), key=len, reverse=True)) + r")\b")

    def __call__(self, text: str) -> str:
        """« Jveux mouriiir!! » → « je veux mourir »."""
        folded = _REPEATED.sub(r"\1", _fold(text))
        kept = (word for word in folded.split() if word not in _NEGATION)
        words = " ".join(map(self._written_out, kept))
        written = self._phrase.sub(lambda match: self._phrases[match[1]], words)
        for form, right in self._forms:
            written = form.sub(right, written)
        return " ".join(map(self._keys.correct, written.split()))

    def _written_out(self, word: str) -> str:
        """« jdor » → « je dort »: the table, also for what follows a pronoun that lost its vowel."""
        known = self._words.get(word)
        rest = _JOINED.sub("", word)
        return known or (word if rest == word else f"je {self._words.get(rest, rest)}")


def _fold(text: str) -> str:
    # Dots and stars inside a word hide it from filters (« su!c1de », « s.u.i.c.i.d.e »): undone before the words are cut.
    # « né » would be taken for the « ne » of a negation.
    lower = unidecode(_BORN.sub("nee", text.lower()))
    lower = re.sub(r"\b(?:[a-z][.*_-]){3,}[a-z]\b", lambda match: re.sub(r"[^a-z]", "", match[0]), lower)
    lower = _MASKED.sub(_unmasked, lower)
    return " ".join(_NOT_WORD.sub(" ", lower).split())


def _unmasked(match: re.Match[str]) -> str:
    word = match[0]
    return word if _TWO_WORDS.fullmatch(word) else word.translate(_LETTERS)


@lru_cache(maxsize=1)
def plain_french() -> PlainFrench:
    """The shared instance: reading the table costs more than using it."""
    return PlainFrench()
