"""Signing up for a session of the agenda: a first name, a number (one's own, or one that a code proves), a place or the waiting
list; later « oui » to a place that was freed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from channels.agenda import places
from channels.agenda.places import FindSession
from channels.agenda.telling import FORM, SignUpTelling
from channels.conversation.forms import number_code
from channels.conversation.forms.base import FormContext, Said, Step, state_of
from channels.conversation.wording import Wording
from channels.delivery.sending import enqueue
from channels.messages import QuickReply, Reply
from channels.privacy.masking import is_in, is_mobile, read_phone, speak_phone
from channels.settings import Settings
from channels.store import origins, threads
from channels.store.models import Contact, OutboxRow, SignUp
from channels.store.sign_up import SignUpState
from clock import now

_LONGEST_NAME, _MOST_OF_PLACE = 40, 20
_NAMES = {SignUpState.SIGNED: "signed", SignUpState.WAITING: "waiting"}


@dataclass(frozen=True)
class SignUpForm:
    """Enters a sign-up. The number serves for this session alone, and goes some days after it."""

    wording: Wording
    settings: Settings
    telling: SignUpTelling
    find: FindSession
    name: str = FORM

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
        return [self._ask_code(context.data["phone"]) if step == "code" else self._ask_phone(context)]

    def _name(self, context: FormContext, said: Said) -> Step:
        if said.asks_something_else or read_phone(said.text) is not None:
            return Step([self._ask_name()], state_of(self.name, "name", context.data), said.asks_something_else)
        data = {**context.data, "name": said.text.strip()[:_LONGEST_NAME]}
        return Step([self._ask_phone(context)], state_of(self.name, "phone", data))

    def _phone(self, context: FormContext, said: Said) -> Step:
        own = self._own(context)
        phone = own if own and said.yes else read_phone(said.text)
        if phone is None and said.no:
            return Step([self.wording.reply("forms.cancelled")])
        if phone is None or not is_mobile(phone) or not is_in(phone, self.settings.sms_regions):
            hint = self.wording.reply("forms.recap_phone_hint", [self.wording.button("form_cancel")])
            return Step([hint], state_of(self.name, "phone", context.data), said.asks_something_else)
        contact = threads.find_contact(context.session, phone)
        if contact is not None and contact.opted_out_at is not None:
            return Step([self.wording.reply("forms.recap_opted_out")])
        return self._enter(context, contact) if contact is not None else self._send_code(context, phone)

    def _send_code(self, context: FormContext, phone: str) -> Step:
        most = _MOST_OF_PLACE * self.settings.rate_limit
        if most and origins.sms_sent(context.session, context.conversation) >= most:
            return Step([self.wording.reply("sign_ups.too_many_here")])
        if number_code.got_one_today(context.session, phone):
            return Step([self.wording.reply("sign_ups.code_sent_today")])
        code = number_code.new_code()
        enqueue(context.session, OutboxRow(
            kind="sms", lane=threads.lookup_hash(context.session, phone), conversation_id=context.conversation.id,
            payload={"to": phone, "body": self.wording.sentences.text("sign_ups.code_body", code=code)}))
        kept = {**context.data, **number_code.sealed(context.session, context.conversation, phone, code)}
        return Step([self._ask_code(phone)], state_of(self.name, "code", kept))

    def _code(self, context: FormContext, said: Said) -> Step:
        if number_code.is_right(context.session, context.conversation, context.data, said.text):
            return self._enter(context, threads.contact_of(context.session, context.data["phone"]))
        hint = self.wording.reply("forms.recap_code_hint", [self.wording.button("form_cancel")])
        return Step([hint], state_of(self.name, "code", context.data),
                    said.asks_something_else and number_code.typed(said.text) is None)

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
            self.telling.freed(context.session, places.leave(context.session, row))
            return Step([self.telling.reply("cancelled", row)])
        return Step([self.telling.reply("offer", row)], state_of(self.name, "offer", context.data), said.asks_something_else)

    def _ask_name(self) -> Reply:
        return self.wording.reply("sign_ups.name", [self.wording.button("form_cancel")])

    def _ask_phone(self, context: FormContext) -> Reply:
        own = self._own(context)
        if own is None:
            return self.wording.reply("sign_ups.phone", [self.wording.button("form_cancel")])
        say = self.wording.sentences
        buttons = [QuickReply(say.text("buttons.form_yes"), {"command": "form", "value": "yes"}),
                   QuickReply(say.text("buttons.form_no"), {"command": "form", "value": "no"})]
        return self.wording.reply("sign_ups.phone_known", buttons, phone=speak_phone(own))

    def _ask_code(self, phone: str) -> Reply:
        return self.wording.reply("sign_ups.code", [self.wording.button("form_cancel")], phone=speak_phone(phone))

    def _own(self, context: FormContext) -> str | None:
        contact = context.session.get(Contact, context.conversation.contact_id) if context.conversation.contact_id else None
        return contact.phone if contact and is_mobile(contact.phone) else None
