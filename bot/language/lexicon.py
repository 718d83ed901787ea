"""Normal forms of SMS spelling and pupils' abbreviations, from the editable file `sms.yml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from language.fold import fold, shorten_runs
from language.yml import read_yml

SMS_FILE = Path(__file__).with_name("sms.yml")


class LexiconError(ValueError):
    """The file of normal forms is not as it should be; says which entry."""


@dataclass(frozen=True)
class SmsLexicon:
    """Folded typed words → normal forms. A phrase of several words is replaced as a whole."""

    words: Mapping[str, str]
    phrases: Mapping[tuple[str, ...], str]

    @classmethod
    def from_file(cls, path: Path = SMS_FILE) -> SmsLexicon:
        """Reads `mots` and `expressions`.

        Raises:
            LexiconError: a key is empty, or stands twice.
        """
        data = read_yml(path.read_text(encoding="utf-8"))
        words = _folded(data.get("mots") or {})
        phrases = {tuple(key.split()): value for key, value in _folded(data.get("expressions") or {}).items()}
        return cls(words=words, phrases=phrases)

    def normal_forms(self, words: Sequence[str]) -> list[str]:
        """One normal form per word, in order. The words of a phrase after the first have an empty one.

        So the words keep their places and offsets, whatever the length of what they stand for.
        """
        folded = [shorten_runs(fold(word)) for word in words]
        forms: list[str] = []
        while len(forms) < len(folded):
            phrase = self._phrase_at(folded, len(forms))
            if phrase:
                forms += [self.phrases[phrase], *[""] * (len(phrase) - 1)]
            else:
                word = folded[len(forms)]
                forms.append(self.words.get(word, word))
        return forms

    def _phrase_at(self, folded: Sequence[str], start: int) -> tuple[str, ...] | None:
        for length in (4, 3, 2):
            candidate = tuple(folded[start : start + length])
            if len(candidate) == length and candidate in self.phrases:
                return candidate
        return None


def _folded(entries: Mapping[object, object]) -> dict[str, str]:
    result: dict[str, str] = {}
    for key, value in entries.items():
        typed, normal = fold(str(key)).strip(), fold(str(value)).strip()
        if not typed or not normal:
            raise LexiconError(f"empty entry: {key!r}")
        if typed in result:
            raise LexiconError(f"entry stands twice: {key!r}")
        result[typed] = normal
    return result
