"""How a message becomes replies: a button named in words, an awaited answer, two questions, or simply one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.compose import reply_from
from actions.reply import OFFER_PERSON, Command, Reply
from actions.turn import Turn
from actions.turn_reader import choose
from actions.understanding.comparison import opposes_two
from actions.understanding.expectation import awaited_intent, chosen_label
from actions.understanding.nearer import asks_nearer
from actions.understanding.places import read_place
from actions.understanding.profile import read_profile
from actions.understanding.questions import follow_up_intent, halves_on_two_trades, questions_of, still_about_pay
from actions.understanding.sensitive import sensitive_in
from actions.understanding.subjects import EXACT, named

if TYPE_CHECKING:
    from actions.answer_action import AnswerAction

SURELY = 0.7
BARE_WORDS = 3
_COMMAND_STRENGTH = ("offer_person", "feedback", "opening_hours", "recap_sms", "callback", "handover", "erase", "opt_out")


def converse(action: AnswerAction, turn: Turn) -> list[Reply]:
    """The replies of a turn, with at most one command and the buttons of the last one remembered."""
    if action.takes_words_as_they_are:
        replies = [action.answered(turn)]
    else:
        read_profile(turn)
        read_place(turn)
        replies = _replies(action, turn)
        _warn_of_sensitive_data(turn, replies[-1])
        if turn.distress == "perhaps":
            replies.append(_numbers_beside(turn, replies[-1]))
    _one_command(replies)
    _remember(turn, replies)
    return replies


def _replies(action: AnswerAction, turn: Turn) -> list[Reply]:
    payload = chosen_label(turn)
    if payload and payload.get("intent") in action.answers:
        return [press(action.answers, turn, payload)]
    awaited = awaited_intent(turn)
    if awaited:
        turn.set("_only_place_is_new", (turn.get("expecting") or {}).get("what") == "place")
        return [action.hand_to(awaited, turn)]
    if _is_bare_trade(turn):
        return [action.hand_to("metier_decouvrir", turn)]
    follow_up = "apprentissage_salaire" if still_about_pay(turn) else follow_up_intent(turn)
    if follow_up:
        return [action.hand_to(follow_up, turn)]
    if asks_nearer(turn):
        return [action.hand_to("preciser_lieu", turn)]
    if opposes_two(turn):
        return [action.hand_to("comparer", turn)]
    halves = halves_on_two_trades(turn)
    if halves:
        intent = "metier_decouvrir" if turn.intent == "nlu_fallback" else turn.intent
        return _without_doubled_buttons([_one_of_two(action, turn, intent, half) for half in halves])
    questions = questions_of(turn)
    if not questions:
        return [action.answered(turn)]
    return _without_doubled_buttons([_one_of_two(action, turn, question.intent, question.text) for question in questions])


def _without_doubled_buttons(replies: list[Reply]) -> list[Reply]:
    # Two rows of buttons would propose what the other answer has just told.
    replies[0].quick_replies = []
    return replies


def press(answers: dict[str, AnswerAction], turn: Turn, payload: dict[str, Any]) -> Reply:
    """The answer to a button of ours, as if it had been pressed."""
    pressed = turn.about(payload["intent"], text="")
    for name, value in (payload.get("slots") or {}).items():
        if name == "chosen":
            choose(pressed, value)
        else:
            pressed.set(name, value)
    return answers[payload["intent"]].answered(pressed)


def _is_bare_trade(turn: Turn) -> bool:
    """« coiffure » : a name and nothing else asks what the trade is, unless another question was surely understood."""
    if not turn.ranking or turn.ranking[0][1] >= SURELY or len(turn.words) > BARE_WORDS:
        return False
    return bool(named(turn, ["metier"], at_least=EXACT))


def _one_of_two(action: AnswerAction, turn: Turn, intent: str, text: str) -> Reply:
    turn.changes.pop("_noted", None)
    reply = action.hand_to(intent, turn, text=text)
    # The second half (« et ça gagne combien ? ») is about what the first half named.
    return reply


def _warn_of_sensitive_data(turn: Turn, reply: Reply) -> None:
    found = sensitive_in(turn.text)
    # Who asks to be called, or writes for a school or a company, gives a number for a reason.
    if found is None or (found == "number" and turn.intent in turn.table("conversation")["number_expected"]):
        return
    said = turn.word(f"sensitive_{found}")
    reply.text = f"{reply.text}\n\n{said}"
    reply.sms = f"{reply.sms} {said}" if reply.sms else None


def _numbers_beside(turn: Turn, answer: Reply) -> Reply:
    """The question is answered, and whoever said something else between its lines has read where help is."""
    beside = reply_from(turn.say("distress_beside"), command=answer.command or OFFER_PERSON)
    beside.quick_replies, answer.quick_replies, answer.command = answer.quick_replies, [], None
    beside.topic, beside.handover, beside.understood = answer.topic, answer.handover, answer.understood
    return beside


def _one_command(replies: list[Reply]) -> None:
    """A turn carries one command at most: the strongest, with the last reply."""
    commands: list[Command] = [reply.command for reply in replies if reply.command]
    if len(commands) < 2:
        return
    strongest = max(commands, key=lambda command: _COMMAND_STRENGTH.index(command["name"]))
    for reply in replies:
        reply.command = None
    replies[-1].command = strongest


def _remember(turn: Turn, replies: list[Reply]) -> None:
    turn.set("turns", (turn.get("turns") or 0) + 1)
    turn.set("choices", [quick.wire() for quick in replies[-1].quick_replies])
    # Small talk in between (« euh… ») is no sign that the next misunderstanding is the first.
    if all(reply.understood for reply in replies) and turn.get("misunderstood") and turn.changes.get("_noted"):
        turn.set("misunderstood", 0)
    if "expecting" not in turn.changes and turn.slots.get("expecting"):
        turn.set("expecting", None)
