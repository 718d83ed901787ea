"""Two questions in one message: found on sentence and « et » boundaries, each with the intent its words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.fold import fold, has_word
from actions.turn import Turn
from actions.understanding.subjects import EXACT, SURE, named

# « et » cuts only when a clause follows; a list (« les maths et le dessin ») is then put together again below,
# because its halves tell no two different questions.
_BOUNDARY = re.compile(
    r"[?!.;\n]+|\bet (?:aussi |puis |sinon |en plus )?|\bet\b|,\s*(?=c.?est|ca|ça|y a|est.ce|où|ou se)|\bsinon\b"
)
_AND = re.compile(r"\s+et\s+(?:aussi\s+)?", re.IGNORECASE)
_PAY = ("metier_salaire", "apprentissage_salaire")
_MIN_WORDS = 2
FOLLOW_UP_WORDS = 8
UNSURE = 0.6
# What « et le week-end ? » and « on y arrive comment ? » are taken for, out of their context.
_OFTEN_MISTAKEN = ("nlu_fallback", "structure_horaires", "structure_trouver", "hors_sujet", "droits_formation")
_DEFINES = re.compile(r"^(?:bonjour |salut |slt )?(?:c ?est|c) (?:quoi|koi) (?:un|une|le|la|l|les) ")


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
        intent = cue_in(turn, part)
        if intent and intent not in [question.intent for question in found]:
            found.append(Question(intent, part))
    return found[:2] if len(found) > 1 else _with_leading_question(turn, found)


def follow_up_intent(turn: Turn) -> str | None:
    """« et le week-end ? » after a trade: the question that a few words ask of it, when the engine is not sure; or None."""
    unsure = turn.intent in _OFTEN_MISTAKEN or (bool(turn.ranking) and turn.ranking[0][1] < UNSURE)
    if turn.is_button or not unsure or len(turn.words) > FOLLOW_UP_WORDS:
        return None
    last = turn.get("last_intent")
    if last == "comparer" and has_word(fold(turn.text), *turn.table("words")["which_of_two"]):
        return "comparer"
    intent = cue_in(turn, turn.text)
    if intent == last:
        return intent
    if intent == "metier_salaire" and last == "professionnel_entreprise":
        return "apprentissage_salaire"  # « combien je dois le payer », from a company: what an apprentice earns
    tables = turn.table("conversation")
    # « quels sont les horaires d'une sage-femme » names its trade.
    about_trade = intent in tables["by_trade"] and (turn.get("metier") or named(turn, ["metier"], at_least=SURE))
    return intent if about_trade or (intent in tables["by_place"] and "place" in turn.changes) else None


def still_about_pay(turn: Turn) -> bool:
    """« et en apprentissage à 15 ans ? », after a pay: what an apprentice earns."""
    if turn.is_button or turn.get("last_intent") not in _PAY or len(turn.words) > FOLLOW_UP_WORDS:
        return False
    learns = turn.changes.get("rhythm") == "apprentissage"
    age_alone = "age" in turn.changes and turn.get("last_intent") == "apprentissage_salaire"
    return (learns or age_alone) and cue_in(turn, turn.text) in (None, "metier_salaire")


def halves_on_two_trades(turn: Turn) -> list[str]:
    """« c'est quoi éducateur spécialisé et infirmier »: its two halves when each names another trade, else nothing."""
    halves = [half.strip(" ?!.") for half in _AND.split(turn.text) if half.strip()]
    if turn.is_button or turn.intent not in turn.table("conversation")["of_one_trade"] or len(halves) != 2:
        return []
    best = [hits[0] for hits in (turn.link(half, ["metier"]) for half in halves) if hits and hits[0].score >= SURE]
    # A name may hold « et » itself.
    whole = turn.link(turn.text, ["metier"])
    apart = len(best) == 2 and best[0].id != best[1].id and not (whole and whole[0].score >= EXACT)
    return halves if apart else []


def _parts(text: str) -> list[str]:
    return [part.strip(" ,:") for part in _BOUNDARY.split(text) if part and len(part.split()) >= _MIN_WORDS]


def cue_in(turn: Turn, part: str) -> str | None:
    """The question that clear words of a text tell (« gagne combien » → metier_salaire), or None."""
    folded = fold(part)
    for intent, patterns in turn.table("cues").items():
        if any(re.search(rf"\b(?:{pattern})\b", folded) for pattern in patterns):
            return str(intent)
    return None


def _with_leading_question(turn: Turn, found: list[Question]) -> list[Question]:
    """One half is clear: the other counts when the engine saw a different, certain question in the whole."""
    parts = _parts(turn.text)
    if len(found) != 1 or len(parts) != 2:
        return []
    rest = next((part for part in parts if part != found[0].text), "")
    other = Question(_intent_of_rest(turn, rest, found[0].intent), rest)
    if not other.intent:
        return []
    return [other, found[0]] if parts[0] == rest else [found[0], other]


def _intent_of_rest(turn: Turn, rest: str, known: str) -> str:
    """What the other half asks: a definition that it begins with, or what the engine saw; empty when nothing is sure."""
    if _DEFINES.search(fold(rest)):
        meant = turn.link(rest, ["metier", "formation", "dispositif", "terme"])
        return "metier_decouvrir" if meant and meant[0].kind == "metier" else "definition"
    sure = turn.intent not in (known, "nlu_fallback") and _asks_of_its_own(turn)
    return turn.intent if sure else ""


def _asks_of_its_own(turn: Turn) -> bool:
    conversational = turn.table("conversation")["small_talk"]
    return turn.intent not in conversational
