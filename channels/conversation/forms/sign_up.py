"""Signing up for a session of the agenda: a first name, a number (one's own, or one that a code proves), a place or the waiting
list; later « oui » to a place that was freed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from channels.agenda import places
from channels.agenda.places import FindSession
from channels.agenda.telling import FORM, SignUpTelling
from channels.conversation.forms.base import FormContext, Said, Step, state_of
from channels.conversation.forms.number_question import NumberQuestion
from channels.conversation.wording import Wording
from channels.messages import Reply
from channels.privacy.masking import read_phone
from channels.settings import Settings
from channels.store import threads
from channels.store.models import Contact, SignUp
from channels.store.sign_up import SignUpState
from clock import now

_LONGEST_NAME = 40
_NAMES = {SignUpState.SIGNED: "signed", SignUpState.WAITING: "waiting"}


@dataclass(frozen=True)
class SignUpForm:
    """Enters a sign-up. The number serves for this session alone, and goes some days after it."""

    wording: Wording
    settings: Settings
    telling: SignUpTelling
    find: FindSession
    name: str = FORM

    @property
    def number(self) -> NumberQuestion:
        """How the number is asked and proved."""
        return NumberQuestion(self.wording, self.settings, self.name, "sign_ups")

    def start(self, context: FormContext) -> Step:
        """Asks for the first name; says so when one cannot sign up here (any more)."""
        if not places.is_open(self.find(str(context.data.get("session") or ""))):
            return Step([self.wording.reply("sign_ups.not_open")])
        return Step([self._ask_name()], state_of(self.name, "name", context.data))

    def read(self, context: FormContext, step: str, said: Said) -> Step:
        """Reads one answer."""
        return {"name": self._name, "phone": self._phone, "code": self._code, "offer": self._offer}[step](context, said)

    def ask_again(self, context: FormContext, step: str) -> Sequence[Reply]:
        """The question of `step` once more."""
        if step == "name":
            return [self._ask_name()]
        if step == "offer":
            row = context.session.get(SignUp, context.data["sign_up"])
            return [self.telling.reply("offer", row)] if row else []
        return [self.number.ask_code(context.data["phone"]) if step == "code" else self.number.ask(context)]

    def _name(self, context: FormContext, said: Said) -> Step:
        if said.asks_something_else or read_phone(said.text) is not None:
            return Step([self._ask_name()], state_of(self.name, "name", context.data), said.asks_something_else)
        data = {**context.data, "name": said.text.strip()[:_LONGEST_NAME]}
        return Step([self.number.ask(context)], state_of(self.name, "phone", data))

    def _phone(self, context: FormContext, said: Said) -> Step:
        phone = self.number.read(context, said)
        if isinstance(phone, Step):
            return phone
        if phone == self.number.own(context):
            return self._enter(context, threads.contact_of(context.session, phone))
        # Also a number that we know: whoever types it may be somebody else.
        return self.number.too_many_here(context) or self.number.send_code(context, phone, context.data)

    def _code(self, context: FormContext, said: Said) -> Step:
        phone = self.number.read_code(context, said)
        return phone if isinstance(phone, Step) else self._enter(context, threads.contact_of(context.session, phone))

    def _enter(self, context: FormContext, contact: Contact) -> Step:
        dated = self.find(str(context.data["session"]))
        if dated is None or not places.is_open(dated):
            return Step([self.wording.reply("sign_ups.not_open")])
        known = places.live_of(context.session, contact, dated.id)
        if known is not None:
            return Step([self.telling.reply("already", known)])
        row = places.enter(context.session, dated, contact, context.conversation, context.data.get("name"))
        if context.conversation.channel == "web":  # on the telephone itself the answer is enough
            self.telling.write(context.session, row, f"{_NAMES[SignUpState(row.state)]}_sms")
        return Step([self.telling.reply(_NAMES[SignUpState(row.state)], row)])

    def _offer(self, context: FormContext, said: Said) -> Step:
        row = context.session.get(SignUp, context.data["sign_up"], with_for_update=True)
        if row is None or row.state != SignUpState.OFFERED or row.offered_until is None or row.offered_until < now():
            return Step([self.wording.reply("sign_ups.offer_over")])
        if said.yes:
            row.state, row.offered_until = SignUpState.SIGNED, None
            return Step([self.telling.reply("signed", row)])
        if said.no:
            self.telling.call_up(context.session, places.leave(context.session, row))
            return Step([self.telling.reply("cancelled", row)])
        return Step([self.telling.reply("offer", row)], state_of(self.name, "offer", context.data), said.asks_something_else)

    def _ask_name(self) -> Reply:
        return self.wording.reply("sign_ups.name", [self.wording.button("form_cancel")])
