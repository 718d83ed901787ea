"""What the words of a message do, when they say it more plainly than the act that was recognised."""

from __future__ import annotations

from actions.fold import fold
from actions.turn import Turn
from actions.understanding.rereading import asks, says

# Under this the act is a guess; few words are only what they say.
SURELY, FEW, PAUSE_WORDS = 0.6, 5, 4
TAUGHT = ("formation/", "metier/")
# Acts that a short thank-you, a pause or a refusal is taken for.
TAKEN_FOR = ("question", "hors_sujet", "bavardage", "pas_compris", "preciser_profil", "aide_usage", "nier", "qui_es_tu")


def plain_act(turn: Turn, sure: float) -> str | None:
    """The act that words say; None when the recognised one stands."""
    if turn.is_button or turn.intent not in TAKEN_FOR:
        return _compares(turn)
    if drops(turn):
        return "nier"
    if len(turn.words) <= FEW and sure < SURELY and says(turn, "thanks") and not says(turn, "refuses") and _says_no_more(turn):
        return "remerciement"
    if len(turn.words) <= PAUSE_WORDS and says(turn, "pauses") and _says_no_more(turn):
        return "bavardage"
    return _compares(turn)


def drops(turn: Turn) -> bool:
    """« je vais demander à mon prof, laisse tomber »: the message ends with it, and asks nothing."""
    folded = fold(turn.text)
    return "?" not in turn.text and any(f" {folded}".endswith(f" {words}") for words in turn.table("rereading")["drops"])


def wants_recap(turn: Turn) -> bool:
    """« vous pouvez m’envoyer ça par texto »"""
    return not turn.is_button and not turn.found.named and says(turn, "send_words", "by_sms")


def _says_no_more(turn: Turn) -> bool:
    return not asks(turn) and not (turn.found.needs and turn.found.named)


def _compares(turn: Turn) -> str | None:
    """« je comprends pas la différence avec X », after another of its kind."""
    needs, subject = turn.found.needs, turn.subject or ""
    other = bool(needs) and needs[0].sheet != subject and needs[0].sheet.startswith(TAUGHT)
    asked = turn.found.points[:1] == ("compare",) and says(turn, "difference_words")
    same_kind = other and subject.partition("/")[0] == needs[0].sheet.partition("/")[0]
    return "comparer" if asked and same_kind and turn.intent != "comparer" else None
