"""Tastes said in words, and the steps of the exploration: both end in RIASEC letters and tastes of the trade sheets."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from actions.fold import fold
from actions.turn import Turn

# Up to the « mais » that brings what is liked (« je suis nul en maths mais j'adore parler aux gens »).
_DISLIKE = re.compile(
    r"\b(?:j aime pas|je n aime pas|jaime pas|aime pas|je deteste|je hais|pas envie|surtout pas|marre d[eu]s?"
    r"|nuls? en|nulle en|mauvaise? en|pas (?:fort|forte|doue|douee|bon|bonne) en|pas (?:trop |tres )?fan de)\b"
    r".*?(?=\bmais\b|\bpar contre\b|\bj ?ador\w*|\bje prefere\b|$)"
)
_LIKING = re.compile(r"\b(?:j ?aime|j ?adore|kiff\w*|passion\w*|mon truc|fan de|bosser|travailler (?:avec|dans|dehors))")
LETTERS_KEPT = 2


@dataclass
class Likes:
    """What is liked: letters as often as they came, tastes, and how we say each back."""

    letters: list[str] = field(default_factory=list)
    tastes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def main_letters(self) -> list[str]:
        """The one or two letters that came most often."""
        return [letter for letter, _ in Counter(self.letters).most_common(LETTERS_KEPT)]

    def slot(self, step: int) -> dict[str, Any]:
        """As the slot keeps it between two questions."""
        return {"step": step, "letters": self.letters, "tastes": self.tastes, "words": self.words}

    @classmethod
    def from_slot(cls, slot: dict[str, Any]) -> Likes:
        """What the slot kept."""
        return cls(list(slot.get("letters") or []), list(slot.get("tastes") or []), list(slot.get("words") or []))

    def plus(self, answer: dict[str, Any]) -> Likes:
        """With one more answer of the exploration."""
        return Likes([*self.letters, answer["letters"]], [*self.tastes, *answer["tastes"]], [*self.words, answer["word"]])

    def and_also(self, other: Likes) -> Likes:
        """With what was said besides."""
        return Likes([*self.letters, *other.letters], [*self.tastes, *other.tastes], [*self.words, *other.words])


def likes_in(turn: Turn) -> Likes:
    """The tastes that the words say; what is disliked (« j'aime pas les maths ») does not count."""
    folded = _DISLIKE.sub("", fold(turn.text))
    likes = Likes()
    for taste, entry in turn.table("tastes").items():
        if any(re.search(rf"\b(?:{pattern})\b", folded) for pattern in entry["said"]):
            likes.letters.append(entry["letters"])
            likes.tastes.append(taste)
            likes.words.append(entry["word"])
    return likes
