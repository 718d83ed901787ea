"""How a message becomes replies: a button named in words, an awaited answer, what it needs, or its dialogue act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.agenda_reply import next_sessions, none_known
from actions.near_trades import shorter_asked
from actions.our_hours import asks_our_hours, our_hours
from actions.reply import OFFER_PERSON, Command, Reply
from actions.turn import Turn
from actions.turn_reader import choose
from actions.understanding.expectation import answers_the_quiz, chosen_label
from actions.understanding.places import as_slot
from actions.understanding.plain_acts import plain_act, wants_recap
from actions.understanding.profile import read_profile
from actions.understanding.rereading import asks, reread, says
from actions.understanding.sensitive import sensitive_in
from actions.understanding.tastes import likes_in

if TYPE_CHECKING:
    from actions.answer_action import AnswerAction

# Acts that somebody means when the engine is this sure of them, whatever else the message asks.
MEANT = ("demander_conseiller", "demander_rappel", "reclamation", "detresse", "donnees_personnelles", "comparer")
SURELY = 0.6
# A need called by its name weighs more than an act of politeness; a guess weighs less than a sure act.
NAMED_WEIGHS, GUESS_WEIGHS = 1.6, 0.9
_COMMAND_STRENGTH = ("offer_person", "feedback", "opening_hours", "recap_sms", "callback", "handover", "erase", "opt_out")
# Acts that tell something of the person: a guess at what may be asked does not beat them.
TELLS = ("preciser_profil", "preciser_lieu")
QUESTION, EXPLORES, COMPARES, CALL_BACK = "question", "explorer", "comparer", "demander_rappel"
# Acts that what is asked after an answer (« lequel gagne le plus ») is often taken for.
LED = ("hors_sujet", "preciser_profil", "preciser_lieu", "pas_compris")
TAUGHT = ("metier/", "formation/")
DESCRIBED = 0.75
# Sheets about the service itself say what these acts say.
SAID_BY_ACT = ("service/parler-a-un-conseiller", "service/etre-rappele", "service/qui-etes-vous", "service/mes-donnees")


def converse(action: AnswerAction, turn: Turn) -> list[Reply]:
    """The replies of a turn, with at most one command and the buttons of the last one remembered."""
    if action.takes_words_as_they_are:
        replies = [action.answered(turn)]
    else:
        read_profile(turn)
        _read_place(turn)
        replies = _replies(action, turn)
        _warn_of_sensitive_data(turn, replies[-1])
        if replies[-1].command is None and not turn.is_button and says(turn, "wants_person"):
            replies[-1].command = OFFER_PERSON
    _one_command(replies)
    _remember(turn, replies)
    return replies


def _replies(action: AnswerAction, turn: Turn) -> list[Reply]:
    payload = chosen_label(turn)
    if payload and payload.get("intent") in action.answers:
        return [press(action.answers, turn, payload)]
    if turn.is_button:
        return [action.answered(turn)]
    if answers_the_quiz(turn):
        return [action.hand_to(EXPLORES, turn)]
    if asks_our_hours(turn):
        return [our_hours(turn)]
    if (dated := next_sessions(turn)) is not None:
        return [dated]
    if turn.get("last_intent") == COMPARES and says(turn, "which_of_two"):
        return [action.hand_to(COMPARES, turn)]
    act, sure = action.intent, _sureness(action, turn)
    if wants_recap(turn):
        return [Reply(turn.word("recap_starts"), command={"name": "recap_sms"}, handover=0)]
    if (plain := plain_act(turn, sure)) is not None:
        return [action.hand_to(plain, turn)]
    asked = bool(turn.found.needs) and turn.found.needs[0].sheet not in SAID_BY_ACT
    if act in MEANT and sure >= SURELY:
        return _with_the_question(action, turn) if asked and turn.found.named and act != "comparer" else [action.answered(turn)]
    if act == CALL_BACK and turn.found.needs:
        # « je préfère qu’on m’écrive »: a doubtful wish for a call starts none.
        return _questions(action, turn)
    if act == QUESTION or (asked and _need_weighs(turn) > sure) or _words_lead(turn, sure):
        return _questions(action, turn)
    return [action.answered(turn)]


def _words_lead(turn: Turn, sure: float) -> bool:
    """« et pour le logement ? », taken for small talk: words and thread together ask what the message alone does not."""
    if sure >= SURELY and turn.intent not in LED:
        return False
    return shorter_asked(turn) or reread(turn, turn.found.needs) != list(turn.found.needs)


def _sureness(action: AnswerAction, turn: Turn) -> float:
    return next((score for name, score in turn.ranking if name == action.intent), 1.0)


def _need_weighs(turn: Turn) -> float:
    sure = float(turn.found.needs[0].sure)
    only_told = turn.intent in TELLS and not turn.found.named and not asks(turn)
    if turn.found.follow_up:
        # « comment je m’inscris », taken for a question about the helpline: what surely asks is asked of the subject.
        return float(turn.found.surely) * GUESS_WEIGHS if asks(turn) else 0.0
    if only_told or (turn.intent == EXPLORES and likes_in(turn).tastes):
        return 0.0
    if turn.intent == EXPLORES and turn.found.needs[0].sheet in turn.table("rereading")["after_level"].values():
        # Who does not know what to do « en 3e » begins the quiz; what comes after the 3e stands beside it.
        return 0.0
    if turn.intent == EXPLORES and turn.found.needs[0].sheet.startswith(TAUGHT):
        # A trade that is described (« travailler avec les abeilles ») is shown, not asked about in seven questions.
        return 1.0 if sure >= DESCRIBED else 0.0
    return sure * (NAMED_WEIGHS if turn.found.named else GUESS_WEIGHS)


def _questions(action: AnswerAction, turn: Turn) -> list[Reply]:
    question: Any = action.answers[QUESTION]
    return none_known(turn, [question.finished(turn, reply) for reply in question.replies(turn)])


def _with_the_question(action: AnswerAction, turn: Turn) -> list[Reply]:
    """« ok merci, rappelez-moi. et le CAP soudeur ? »: the question is answered too, then what was asked of us."""
    return [*_questions(action, turn)[:1], action.answered(turn)]


def press(answers: dict[str, AnswerAction], turn: Turn, payload: dict[str, Any]) -> Reply:
    """The answer to a button of ours, as if it had been pressed."""
    pressed = turn.about(payload["intent"], text="")
    for name, value in (payload.get("slots") or {}).items():
        if name == "chosen":
            choose(pressed, value)
        else:
            pressed.set(name, value)
    return answers[payload["intent"]].answered(pressed)


def _read_place(turn: Turn) -> None:
    """The place that the message names is kept; one that is refused is not."""
    if turn.is_button or "place" in turn.given:
        return
    named = turn.mentions.of("asked", "lived")
    places = [place for place in named if place.kind == "commune"] or named or turn.found.places
    if places:
        turn.set("place", as_slot(places[0]))


def _warn_of_sensitive_data(turn: Turn, reply: Reply) -> None:
    found = sensitive_in(turn.text)
    # Who asks to be called, or writes for a school or a company, gives a number for a reason.
    expected = turn.intent in turn.table("conversation")["number_expected"] or turn.get("public") == "professionnel"
    if found is None or (found == "number" and expected):
        return
    said = turn.word(f"sensitive_{found}")
    reply.text = f"{reply.text}\n\n{said}"
    reply.sms = f"{reply.sms} {said}" if reply.sms else None


def _one_command(replies: list[Reply]) -> None:
    """A turn carries one command at most: the strongest, with the last reply; and one row of buttons."""
    commands: list[Command] = [reply.command for reply in replies if reply.command]
    buttons = next((reply.quick_replies for reply in replies if reply.quick_replies), [])
    for reply in replies:
        reply.command, reply.quick_replies = None, []
    replies[-1].quick_replies = buttons
    if commands:
        replies[-1].command = max(commands, key=lambda command: _COMMAND_STRENGTH.index(command["name"]))


def _remember(turn: Turn, replies: list[Reply]) -> None:
    turn.set("turns", (turn.get("turns") or 0) + 1)
    turn.set("choices", [quick.wire() for quick in replies[-1].quick_replies])
    # Small talk in between (« euh… ») is no sign that the next misunderstanding is the first.
    if all(reply.understood for reply in replies) and turn.get("misunderstood") and turn.changes.get("_noted"):
        turn.set("misunderstood", 0)
    if "expecting" not in turn.changes and turn.slots.get("expecting"):
        turn.set("expecting", None)
