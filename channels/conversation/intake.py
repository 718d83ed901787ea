"""The first unit of work of a message: written down once, then everything that needs no engine is decided and answered.

Order: duplicate → STOP words → distress → a person has it → the end of a case → form or command → a plain wish → too many
SMS → engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from channels.agenda import places
from channels.case.handover import Request
from channels.conversation import choices
from channels.conversation.care import COMMANDS, Care
from channels.conversation.commands import Commands, Outcome
from channels.conversation.continuation import new_link
from channels.conversation.fanout import News, conversation_topic
from channels.conversation.forms.base import Said
from channels.conversation.forms.number_code import typed
from channels.conversation.posting import Poster
from channels.conversation.wants_person import Wishes
from channels.conversation.wording import Wording
from channels.delivery import opt_outs, pace
from channels.delivery.outbox import clear_waiting
from channels.errors import BadRequest, Invalid, NotFound, TooLarge, Unauthorized
from channels.messages import Incoming, Json, Reply
from channels.privacy.crypto import fingerprint, new_id
from channels.privacy.erasure import erase_conversation
from channels.privacy.masking import read_phone
from channels.safety.hearing import Heard
from channels.settings import Settings
from channels.store import threads
from channels.store.database import announce
from channels.store.models import Author, Contact, Conversation, Message, MessageState, Mode
from clock import now
from language.replies import reply_of
from language.times import read_times

_ACTION = re.compile(r"a(\d{1,9})-(\d{1,2})")
# Buttons that the widget's own menu has at any time, whatever was offered last.
_OWN_COMMANDS, _OWN_FORMS = frozenset({"feedback", "recap_sms", "sign_up"}), frozenset({"feedback", "recap", "sign_up"})
_MOMENT_WORDS = 8
_ALWAYS_OFFERED = frozenset({"person", "callback", "recap_sms", "feedback"})


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What the first unit of work did. `pending`: the engine must be asked (`answering` says about what)."""

    conversation_id: str
    message_id: str
    client_id: str | None
    seq: int
    mode: str
    pending: bool
    duplicate: bool = False
    replies: Sequence[Message] = ()
    # The rows, for whoever goes on in the same transaction; a duplicate has none.
    rows: tuple[Conversation, Message] | None = None
    # Set when the message was the erasure of its own conversation: nothing of it is stored any more.
    farewell: Reply | None = None


@dataclass(frozen=True)
class Intake:
    """Stores a message and answers it when no engine is needed. Runs inside the caller's transaction."""

    settings: Settings
    care: Care
    wishes: Wishes
    commands: Commands
    poster: Poster
    wording: Wording

    def take_in(self, session: Session, incoming: Incoming, heard: Heard | None = None, *, crashed: bool = False) -> TakenIn:
        """One message; see the module for the order of decisions. `crashed`: deciding about it failed, it is kept and told so.

        Raises:
            Unauthorized, NotFound: the conversation is unknown.
            TooLarge, Invalid: the text cannot be accepted; nothing is stored.
        """
        conversation = self.find(session, incoming)
        known = _known(session, conversation, incoming)
        if known is not None:
            return self._again(session, conversation, known)
        text, payload = self._said(session, conversation, incoming)
        self._check(text, incoming)
        message = self._store(session, conversation, incoming, text, payload)
        outcome = self._apologise(message) if crashed else self._decide(session, conversation, message, payload, heard)
        return self._done(session, conversation, message, outcome)

    def find(self, session: Session, incoming: Incoming) -> Conversation:
        """The conversation of a message, locked; made for a number that writes for the first time."""
        if incoming.token is not None:
            found = threads.by_token(session, fingerprint(incoming.token), lock=True)
            if found is None:
                raise Unauthorized
            return found
        if incoming.conversation_id is not None:
            found = threads.by_id(session, incoming.conversation_id, lock=True)
            if found is None:
                raise NotFound("Cette conversation n'existe pas.")
            return found
        if not incoming.sender:
            raise BadRequest
        return thread_of(session, incoming.channel, incoming.sender)

    def _said(self, session: Session, conversation: Conversation, incoming: Incoming) -> tuple[str, Json | None]:
        """The text as shown, and the payload of the button pressed or of the number chosen."""
        if incoming.action:
            return self._pressed(session, conversation, incoming.action)
        text = incoming.text.strip()
        if conversation.channel == "web" or len(text) > 60 or conversation.mode == Mode.HUMAN:
            return text, None
        if _names_a_day(conversation, text):
            return text, None
        offered = threads.last_with_buttons(session, conversation.id)
        buttons = (offered.body or {}).get("quick_replies") or [] if offered else []
        index = choices.pick(text, buttons)
        return text, buttons[index]["payload"] if index is not None else None

    def _pressed(self, session: Session, conversation: Conversation, action: str) -> tuple[str, Json]:
        if action in _ALWAYS_OFFERED:
            return self.wording.sentences.text(f"buttons.{action}"), {"command": action}
        match = _ACTION.fullmatch(action)
        row = threads.message_at(session, conversation.id, int(match[1])) if match else None
        buttons = (row.body or {}).get("quick_replies") or [] if row and row.state == MessageState.VISIBLE else []
        if match is None or int(match[2]) >= len(buttons):
            raise Invalid("Ce choix n'existe pas ou n'est plus disponible.")
        button = buttons[int(match[2])]
        return str(button["label"]), dict(button["payload"])

    def _check(self, text: str, incoming: Incoming) -> None:
        if not text and not incoming.provider_meta:
            raise Invalid("Le message est vide.")
        if len(text) > self.settings.max_text and incoming.channel == "web":
            raise TooLarge(f"Le message dépasse {self.settings.max_text} caractères.")

    def _store(self, session: Session, conversation: Conversation, incoming: Incoming, text: str,
               payload: Json | None) -> Message:
        conversation.last_seq += 1
        conversation.last_activity_at = now()
        if conversation.token_hash:
            conversation.expires_at = now() + timedelta(hours=self.settings.session_hours)
        body: Json = {"payload": payload} if payload else {}
        if incoming.provider_meta:
            body["provider"] = dict(incoming.provider_meta)
        message = Message(
            id=new_id(), conversation_id=conversation.id, seq=conversation.last_seq, channel=conversation.channel,
            provider_id=incoming.provider_id, client_id=incoming.client_id, author=Author.CITIZEN, text=text,
            body=body or None, state=MessageState.RECEIVED, epoch=conversation.epoch,
            created_at=incoming.received_at or now())
        session.add(message)
        announce(session, News(conversation_topic(conversation.id), "message", message.id, message.seq))
        return message

    def _decide(self, session: Session, conversation: Conversation, message: Message, payload: Json | None,
                heard: Heard | None) -> Outcome | None:
        """What answers without the engine; None = the engine must be asked; an empty Outcome = a person has it."""
        if conversation.channel == "sms" and reply_of(message.text, ()) == "reaction":
            return Outcome()  # a telephone quotes us: nobody wrote anything
        if conversation.channel == "sms" and (wish := provider_said(message).get("opt_out") or opt_outs.wish_of(message.text)):
            known = self._reserved_word(session, conversation, message, wish)
            if known is not None:
                return known
        typed = payload is None or "text" in payload
        cared = self.care.answer(session, conversation, message, heard) if typed else None
        if cared is not None:
            return replace(cared, goes_on=cared.goes_on and not self._is_out(session, conversation))
        if self._is_out(session, conversation):
            message.state = MessageState.OPTED_OUT
            return Outcome()
        outcome = self._by_mode(session, conversation, message, payload)
        outcome = self._slow_down(session, conversation, message) if outcome is None else outcome
        line = self.care.soft_line(message) if outcome is not None and outcome.replies else None
        return replace(outcome, replies=[*outcome.replies, line]) if outcome is not None and line is not None else outcome

    def _slow_down(self, session: Session, conversation: Conversation, message: Message) -> Outcome | None:
        """None: the engine is asked. Beyond what it answers to one number, the message is kept, and the person told once."""
        if not pace.too_fast(session, conversation, message, self.settings.rate_limit):
            return None
        told = pace.already_told(session, conversation, message)
        message.failure, message.understood = pace.TOO_MANY, False
        return Outcome() if told else Outcome([self.wording.reply("sms.too_many", helpline=self._helpline())])

    def _apologise(self, message: Message) -> Outcome:
        message.failure, message.understood = "crashed", False
        return Outcome([self.wording.reply("relay.engine_down", self.commands.handoff.offers())])

    def _by_mode(self, session: Session, conversation: Conversation, message: Message, payload: Json | None) -> Outcome | None:
        own = self._own_business(session, conversation, message, payload)
        if own is not None:
            return own
        if conversation.mode == Mode.CLOSED:
            if payload is None and self.wishes.read(message.text) == "courtesy":
                return Outcome([self.wording.reply("relay.courtesy")])
            self.commands.handoff.after_close(session, conversation)
        if conversation.mode != Mode.BOT:
            self.commands.handoff.citizen_wrote(session, conversation)
        if conversation.mode == Mode.HUMAN:
            message.state = MessageState.RELAYED
            return Outcome()
        return self._without_engine(session, conversation, message, payload)

    def _own_business(self, session: Session, conversation: Conversation, message: Message,
                      payload: Json | None) -> Outcome | None:
        """A rating, a recap: between the person and us. It neither reaches the advisor nor opens a finished case again."""
        if conversation.mode not in {Mode.HUMAN, Mode.CLOSED}:
            return None
        form = str((conversation.form_state or {}).get("name"))
        if payload is not None:
            command = str(payload.get("command"))
            mine = command in _OWN_COMMANDS or (form in _OWN_FORMS and command in {"form", "form_cancel"})
            return self.commands.run(session, conversation, command, payload) if mine else None
        if form not in _OWN_FORMS or (conversation.mode == Mode.HUMAN and not _answers(conversation, message.text)):
            return None
        return self._in_form(session, conversation, message)

    def _without_engine(self, session: Session, conversation: Conversation, message: Message,
                        payload: Json | None) -> Outcome | None:
        if provider_said(message).get("wordless"):
            return Outcome([self.wording.reply("sms.media" if provider_said(message).get("media") else "sms.empty")])
        if payload is not None and payload.get("command") in COMMANDS:
            return self.care.pressed(session, conversation, message, str(payload["command"]))
        if payload is not None and payload.get("command"):
            return self.commands.run(session, conversation, str(payload["command"]), payload)
        if payload is not None:
            return None
        wish = self.wishes.read(message.text)
        if wish == "person":
            return self.commands.reach_person(session, conversation, Request(topic=29))
        leaves_form = conversation.form_state is not None and Said(message.text).cancels
        if wish == "stop_waiting" and conversation.mode == Mode.QUEUED and not leaves_form:
            return self.commands.run(session, conversation, "stop_waiting", {})
        if wish == "wait" and conversation.mode == Mode.QUEUED:
            return Outcome(self.commands.handoff.queue(session, conversation, Request(topic=29)))
        if wish == "cancel_sign_up" and places.next_of_person(session, conversation) is not None:
            conversation.form_state = None
            return self.commands.run(session, conversation, "cancel_sign_up", {})
        if wish == "cancel_callback" or (conversation.mode == Mode.CALLBACK and not conversation.form_state
                                         and Said(message.text).cancels):
            conversation.form_state = None
            return self.commands.run(session, conversation, "cancel_callback", {})
        if conversation.form_state:
            return self._in_form(session, conversation, message)
        moves = conversation.mode == Mode.CALLBACK and (wish == "move_callback" or _says_a_moment(message.text))
        if wish == "callback" or moves:
            return self.commands.start_form(session, conversation, "callback", {"topic": 29, "said": message.text})
        return self._local(session, conversation, message)

    def _in_form(self, session: Session, conversation: Conversation, message: Message) -> Outcome | None:
        outcome = self.commands.answer_form(session, conversation, Said(message.text))
        return None if outcome.aside else outcome

    def _local(self, session: Session, conversation: Conversation, message: Message) -> Outcome | None:
        port = self.poster.ports.get(conversation.channel)
        rendered = port.local(message.text, conversation.channel_state or {}) if port else None
        contact = session.get(Contact, conversation.contact_id) if rendered and conversation.contact_id else None
        if rendered is None or contact is None:
            return None
        # What the transport says alone (« suite ») has its final form already: it is sent as it is.
        conversation.channel_state = rendered.state
        self.poster.send_bodies(session, conversation, contact, rendered.bodies, message.id)
        return Outcome()

    def _reserved_word(self, session: Session, conversation: Conversation, message: Message, wish: str) -> Outcome | None:
        contact = session.get(Contact, conversation.contact_id)
        if contact is None or (wish in {"help", "doubt"} and conversation.mode == Mode.HUMAN):
            return None
        if wish == "doubt":
            return Outcome([self.wording.reply("sms.ask_stop")]) if contact.opted_out_at is None else None
        told = bool(provider_said(message).get("opt_out"))  # the provider obeyed and answered already
        was_out = contact.opted_out_at is not None
        if wish in {"stop", "start"}:
            opt_outs.record(session, contact, wish, message.text, "twilio" if told else "sms")
            if wish == "stop" and not was_out:
                clear_waiting(session, contact.phone_hash)
        if told or (wish == "stop" and was_out):  # confirmed once
            return Outcome()
        if wish in {"stop", "start"}:
            return Outcome([self.wording.reply("sms.stopped" if wish == "stop" else "sms.started")], always=True)
        if wish == "erase":
            return replace(self.commands.start_form(session, conversation, "erase", {}), always=True)
        if was_out:
            return Outcome() if pace.told_often(session, contact) else self._stopped(wish)
        if wish == "web":
            link = new_link(session, conversation.id, self.settings.public_base)
            return Outcome([self.wording.reply("sms.web", link=link)])
        return Outcome([self._about(wish)])

    def _stopped(self, wish: str) -> Outcome | None:
        # Who asks who we are, or how to come back, is told even after STOP; nothing else is.
        asked = wish in {"help", "contact"}
        return Outcome([self.wording.reply("sms.still_stopped", helpline=self._helpline())], always=True) if asked else None

    def _about(self, wish: str) -> Reply:
        return self.wording.reply("sms.help") if wish == "help" else self.wording.reply("sms.contact", helpline=self._helpline())

    def _helpline(self) -> str:
        number = self.settings.helpline_number
        return self.wording.sentences.text("sms.contact_helpline", number=number) if number else ""

    def _done(self, session: Session, conversation: Conversation, message: Message, outcome: Outcome | None) -> TakenIn:
        pending = outcome is None or outcome.goes_on
        if outcome is not None and outcome.erased:
            return self._erased(session, conversation, message, outcome)
        rows: list[Message] = []
        if outcome is not None:
            rows = self.poster.post(session, conversation, outcome.replies, in_reply_to=message.id, always=outcome.always)
            if pending:
                pass  # said at once; the engine is asked the rest
            elif message.state == MessageState.RECEIVED or (rows and message.state == MessageState.OPTED_OUT):
                message.state = MessageState.RELAYED if conversation.mode == Mode.HUMAN else MessageState.ANSWERED
        return TakenIn(conversation.id, message.id, message.client_id, message.seq, str(conversation.mode), pending, replies=rows,
                       rows=(conversation, message))

    def _erased(self, session: Session, conversation: Conversation, message: Message, outcome: Outcome) -> TakenIn:
        farewell = outcome.replies[0]
        taken = TakenIn(conversation.id, message.id, message.client_id, message.seq, str(Mode.CLOSED), False, farewell=farewell)
        erase_conversation(session, conversation, farewell, self.poster.ports)
        return taken

    def _again(self, session: Session, conversation: Conversation, known: Message) -> TakenIn:
        replies = threads.replies_to(session, known.id, conversation.id)
        return TakenIn(conversation.id, known.id, known.client_id, known.seq, str(conversation.mode),
                       known.state == MessageState.RECEIVED, True, replies)

    def _is_out(self, session: Session, conversation: Conversation) -> bool:
        if conversation.channel != "sms" or not conversation.contact_id:
            return False
        contact = session.get(Contact, conversation.contact_id)
        return contact is not None and contact.opted_out_at is not None and not conversation.form_state


def thread_of(session: Session, channel: str, phone: str | None) -> Conversation:
    """The thread of a number on a channel, made when there is none; a hidden number (None) has a new one each time."""
    contact = threads.contact_of(session, phone) if phone else None
    found = None
    if contact is not None:
        contact.last_seen_at = now()
        found = threads.of_contact(session, contact, channel)
    if found is None:
        found = Conversation(
            id=new_id(), channel=channel, contact_id=contact.id if contact else None, mode=Mode.BOT, epoch=0, version=0,
            last_seq=0, misunderstood=0, greeted=False, citizen_seen_seq=0, advisor_seen_seq=0)
        session.add(found)
        session.flush()
    return found


def _answers(conversation: Conversation, text: str) -> bool:
    """Whether this is what our own form asks for, while an advisor reads along: anything else is for the advisor."""
    said = Said(text)
    match (conversation.form_state or {}).get("step"):
        case "name":
            return not said.asks_something_else
        case "offer":
            return said.yes or said.no
        case _:
            return read_phone(text) is not None or typed(text) is not None


def _names_a_day(conversation: Conversation, text: str) -> bool:
    """« le 3 » answers « quel jour ? » with a date, not with the third choice."""
    form = conversation.form_state or {}
    return form.get("step") in {"day", "slot"} and text.strip().lower().startswith("le ")


def _says_a_moment(text: str) -> bool:
    """« pas demain, jeudi » while a call is promised: another moment for it."""
    return "?" not in text and len(text.split()) <= _MOMENT_WORDS and read_times(text, now()).said


def _known(session: Session, conversation: Conversation, incoming: Incoming) -> Message | None:
    """The message as it was stored the first time, when this is a repetition."""
    if incoming.client_id:
        found = threads.message_by_client_id(session, conversation.id, incoming.client_id)
        if found is not None:
            return found
    return threads.message_by_provider_id(session, incoming.channel, incoming.provider_id) if incoming.provider_id else None


def provider_said(message: Message) -> Mapping[str, Any]:
    """What the transport noted about a message: `media` (pictures), `wordless`, `opt_out` (obeyed by the provider itself)."""
    found = (message.body or {}).get("provider")
    return found if isinstance(found, Mapping) else {}


def payload_of(message: Message) -> Mapping[str, Any] | None:
    """The payload of the button behind a citizen's message, if any."""
    found = (message.body or {}).get("payload")
    return found if isinstance(found, Mapping) else None
