"""What a command does, whether a button carries it or an action asks for it: reach a person, start a form, stop waiting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from channels.agenda import places
from channels.agenda.telling import SignUpTelling
from channels.case.handover import Handoff, Request
from channels.conversation.forms.base import MAX_TRIES, Form, FormContext, Said, Step, state_of
from channels.conversation.wording import Wording, leads_to_a_person
from channels.delivery import opt_outs
from channels.messages import Json, QuickReply, Reply
from channels.store.models import Contact, Conversation, Urgency


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command or a form brought. `aside`: let the engine answer, then ask the form's question again.
    `always`: to be sent even to a number that said STOP. `goes_on`: said at once, and the engine is asked as well."""

    replies: list[Reply] = field(default_factory=list)
    aside: bool = False
    erased: bool = False
    always: bool = False
    goes_on: bool = False


@dataclass(frozen=True)
class Commands:
    """Commands by name, and the form that a conversation is in."""

    wording: Wording
    handoff: Handoff
    forms: Mapping[str, Form]
    sign_ups: SignUpTelling

    def run(self, session: Session, conversation: Conversation, name: str, data: Mapping[str, Any],
            topic: int | None = None) -> Outcome:
        """Runs a command; an unknown one says so kindly."""
        if name in {"person", "handover"}:
            return self.reach_person(session, conversation, Request.of(data, topic))
        if name == "opening_hours":
            return Outcome([self.handoff.opening(str(data.get("said") or ""))])
        if name in _FORMS:
            return self.start_form(session, conversation, _FORMS[name], data)
        if name == "form":
            return self.answer_form(session, conversation, Said(value=data.get("value")))
        if name == "form_cancel":
            return self._cancel(conversation)
        return self._simple(session, conversation, name)

    def reach_person(self, session: Session, conversation: Conversation, request: Request) -> Outcome:
        """The queue in opening hours; the call-back form otherwise."""
        if self.handoff.can_queue():
            conversation.form_state = None
            return Outcome(self.handoff.queue(session, conversation, request))
        started = self.start_form(session, conversation, "callback", {"reason": request.reason, "topic": request.topic})
        return Outcome([self.wording.reply("handoff.closed_now"), *started.replies])

    def start_form(self, session: Session, conversation: Conversation, name: str, data: Mapping[str, Any]) -> Outcome:
        """The first question of a form; another form under way is left."""
        known = {"reason", "topic", "urgency", "consent", "said", "session"}
        kept = {key: value for key, value in data.items() if key in known and value is not None}
        return self._settle(conversation, self.forms[name].start(FormContext(session, conversation, kept)), tries=0)

    def answer_form(self, session: Session, conversation: Conversation, said: Said) -> Outcome:
        """The answer to the form under way; too many misreadings leave it."""
        state = conversation.form_state
        if not state or state.get("name") not in self.forms:
            return Outcome([self.wording.reply("relay.unknown_button")])
        if said.cancels:
            return self._cancel(conversation)
        context = FormContext(session, conversation, state["data"])
        step = self.forms[state["name"]].read(context, state["step"], said)
        misread = step.state is not None and step.state["step"] == state["step"] and step.state["data"] == state["data"]
        tries = state["tries"] + 1 if misread and not step.aside else 0
        if tries > MAX_TRIES:
            conversation.form_state = None
            return Outcome([self.wording.reply("forms.given_up", self.handoff.offers())])
        return self._settle(conversation, step, tries)

    def ask_again(self, session: Session, conversation: Conversation) -> list[Reply]:
        """The question of the form under way, after an aside."""
        state = conversation.form_state
        if not state or state.get("name") not in self.forms:
            return []
        context = FormContext(session, conversation, state["data"])
        first, *others = self.forms[state["name"]].ask_again(context, state["step"])
        lead = self.wording.sentences.text("forms.resume")
        return [replace(first, text=f"{lead} {first.text}"), *others]

    def after_answer(self, session: Session, conversation: Conversation, replies: list[Reply]) -> list[Reply]:
        """The engine's replies with what their commands and handover levels add."""
        said = [self._offered(reply) for reply in replies]
        for reply in replies:
            if reply.command is not None and reply.command.name not in {"offer_person", "end"}:
                said += self.run(session, conversation, reply.command.name, reply.command.data, reply.topic).replies
        return [reply for reply in said if reply.text]

    def _offered(self, reply: Reply) -> Reply:
        wanted = reply.handover >= 1 or (reply.command is not None and reply.command.name == "offer_person")
        handled = reply.command is not None and reply.command.name in {"handover", "callback"}
        extra: list[QuickReply] = []
        if wanted and not handled and not leads_to_a_person(reply):
            extra.append(self.wording.person())
        if reply.command is not None and reply.command.name == "end":
            extra.append(self.wording.button("feedback"))
        return with_buttons(reply, extra)

    def _settle(self, conversation: Conversation, step: Step, tries: int) -> Outcome:
        conversation.form_state = None if step.state is None else _with_tries(step.state, tries)
        return Outcome([] if step.aside else list(step.replies), step.aside, step.erased)

    def _cancel(self, conversation: Conversation) -> Outcome:
        conversation.form_state = None
        return Outcome([self.wording.reply("forms.cancelled")])

    def _simple(self, session: Session, conversation: Conversation, name: str) -> Outcome:
        if name == "stop_waiting":
            return Outcome(self.handoff.stop_waiting(session, conversation))
        if name == "cancel_callback":
            done = self.handoff.cancel_callback(session, conversation)
            return Outcome([self.wording.reply("forms.callback_cancelled" if done else "forms.callback_none")])
        if name == "cancel_sign_up":
            return Outcome([self._cancel_sign_up(session, conversation)])
        if name == "opt_out":
            return self._opt_out(session, conversation)
        if name == "end":
            return Outcome([self.wording.reply("relay.goodbye", [self.wording.button("feedback")])])
        return Outcome([self.wording.reply("relay.unknown_button")])


    def _cancel_sign_up(self, session: Session, conversation: Conversation) -> Reply:
        row = places.next_of_person(session, conversation)
        if row is None:
            return self.wording.reply("sign_ups.none")
        self.sign_ups.call_up(session, places.leave(session, row))
        return self.sign_ups.reply("cancelled", row)

    def _opt_out(self, session: Session, conversation: Conversation) -> Outcome:
        contact = session.get(Contact, conversation.contact_id) if conversation.contact_id else None
        if contact is None:
            return Outcome([self.wording.reply("sms.no_number")])
        opt_outs.record(session, contact, "stop", "opt_out", conversation.channel)
        return Outcome([self.wording.reply("sms.stopped")], always=True)


def is_distress(reply: Reply) -> bool:
    """True when the engine asks for a person at once because somebody is in distress."""
    return (reply.command is not None and reply.command.name == "handover"
            and reply.command.data.get("urgency") == Urgency.DISTRESS)


def with_buttons(reply: Reply, extra: list[QuickReply]) -> Reply:
    """The same reply with more buttons."""
    if not extra:
        return reply
    return replace(reply, quick_replies=(*reply.quick_replies, *extra))


def _with_tries(state: Json, tries: int) -> Json:
    return state_of(state["name"], state["step"], state["data"], tries)


_FORMS = {"sign_up": "sign_up", "callback": "callback", "recap_sms": "recap", "feedback": "feedback", "erase": "erase"}
