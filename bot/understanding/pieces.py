"""A message cut into pieces, so that one clause of distress is heard inside a long question about something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language.normal import Word, normal_text

_ENDS = re.compile(r"^[.,;:!?…()«»\"\n]+$")
_JOINTS = frozenset({"mais", "et", "car", "parce", "puis", "donc"})
SHORTEST = 2  # words of a clause
WINDOW, STEP = 9, 4  # words; chosen on lists by authors left out (docs/nlu/distress.json)


def pieces(words: list[Word]) -> list[str]:
    """The whole message, its clauses, and windows over it when it is long: normal texts, the whole first."""
    whole = [word.normal for word in words]
    cut = [clause for clause in _clauses(words) if SHORTEST <= len(clause) < len(words)]
    kept = (normal_text(forms) for forms in [whole, *cut, *_windows(whole)])
    return list(dict.fromkeys(text for text in kept if text))


def _clauses(words: list[Word]) -> Iterator[list[str]]:
    clause: list[str] = []
    for word in words:
        if _ENDS.match(word.text) or word.normal in _JOINTS:
            yield clause
            clause = []
        else:
            clause.append(word.normal)
    yield clause


def _windows(forms: list[str]) -> list[list[str]]:
    if len(forms) <= WINDOW + STEP - 1:
        return []
    return [forms[start:start + WINDOW] for start in range(0, len(forms) - WINDOW + STEP, STEP)]
