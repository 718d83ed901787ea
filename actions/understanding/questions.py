"""Two questions in one message: found on sentence and « et » boundaries, each with the intent its words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.fold import fold
from actions.turn import Turn

# « et » cuts only when a clause follows; a list (« les maths et le dessin ») is then put together again below,
# because its halves tell no two different questions.
_BOUNDARY = re.compile(
    r"[?!.;\n]+|\bet (?:aussi |puis |sinon |en plus )?|\bet\b|,\s*(?=c.?est|ca|ça|y a|est.ce|où|ou se)|\bsinon\b"
)
_MIN_WORDS = 2


@dataclass(frozen=True)
class Question:
    """A part of the message and the intent its words tell."""

    intent: str
    text: str


def questions_of(turn: Turn) -> list[Question]:
    """Two questions when the message clearly asks two different ones, else an empty list."""
    found: list[Question] = []
    if turn.intent in turn.table("conversation")["whole"]:
        return found
    for part in _parts(turn.text):
        intent = _cue(turn.table("cues"), part)
        if intent and intent not in [question.intent for question in found]:
            found.append(Question(intent, part))
    return found[:2] if len(found) > 1 else _with_leading_question(turn, found)


def _parts(text: str) -> list[str]:
    return [part.strip(" ,:") for part in _BOUNDARY.split(text) if part and len(part.split()) >= _MIN_WORDS]


def _cue(cues: dict[str, list[str]], part: str) -> str | None:
    folded = fold(part)
    for intent, patterns in cues.items():
        if any(re.search(rf"\b(?:{pattern})\b", folded) for pattern in patterns):
            return intent
    return None


def _with_leading_question(turn: Turn, found: list[Question]) -> list[Question]:
    """One half is clear: the other counts when the engine saw a different, certain question in the whole."""
    parts = _parts(turn.text)
    if len(found) != 1 or len(parts) != 2 or turn.intent in (found[0].intent, "nlu_fallback"):
        return []
    if not _asks_of_its_own(turn):
        return []
    rest = next(part for part in parts if part != found[0].text)
    other = Question(turn.intent, rest)
    return [other, found[0]] if parts[0] == rest else [found[0], other]


def _asks_of_its_own(turn: Turn) -> bool:
    conversational = turn.table("conversation")["small_talk"]
    return turn.intent not in conversational
