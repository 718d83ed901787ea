"""The question for a mobile number and the code that proves it: the steps « phone » and « code » of forms that send SMS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from channels.conversation.forms import number_code
from channels.conversation.forms.base import FormContext, Said, Step, state_of
from channels.conversation.wording import Wording
from channels.delivery.sending import enqueue
from channels.messages import QuickReply, Reply
from channels.privacy.masking import is_in, is_mobile, read_phone, speak_phone
from channels.settings import Settings
from channels.store import origins, threads
from channels.store.models import Contact, Conversation, OutboxRow
from clock import now

_A_DAY, _MOST_OF_TALK, _MOST_OF_NUMBER = timedelta(days=1), 4, 4
_MOST_OF_PLACE = 20  # SMS a day that web conversations of one address have sent: a class, not a town


@dataclass(frozen=True)
class NumberQuestion:
    """Asks, reads and proves a number for a form. The form's own sentences are in `file`, their names begin with `begin`."""

    wording: Wording
    settings: Settings
    form: str
    file: str
    begin: str = ""

    def ask(self, context: FormContext) -> Reply:
        """Proposes the sender's own number, or asks for one."""
        own = self.own(context)
        if own is None:
            return self.wording.reply(f"{self.file}.{self.begin}phone", [self.wording.button("form_cancel")])
        say = self.wording.sentences
        buttons = [QuickReply(say.text("buttons.form_yes"), {"command": "form", "value": "yes"}),
                   QuickReply(say.text("buttons.form_no"), {"command": "form", "value": "no"})]
        return self.wording.reply(f"{self.file}.{self.begin}phone_known", buttons, phone=speak_phone(own))

    def ask_code(self, phone: str) -> Reply:
        """The code that was sent to this number."""
        return self.wording.reply(f"{self.file}.{self.begin}code", [self.wording.button("form_cancel")], phone=speak_phone(phone))

    def own(self, context: FormContext) -> str | None:
        """The mobile number that writes or calls here."""
        contact = context.session.get(Contact, context.conversation.contact_id) if context.conversation.contact_id else None
        return contact.phone if contact and is_mobile(contact.phone) else None

    def read(self, context: FormContext, said: Said) -> str | Step:
        """The number, or what follows when there is none that we may write to."""
        own = self.own(context)
        phone = own if own and said.yes else read_phone(said.text)
        if phone is None and said.no:
            return Step([self.wording.reply("forms.cancelled")])
        if phone is None or not is_mobile(phone) or not is_in(phone, self.settings.sms_regions):
            return self._hint(context, "phone", said.asks_something_else)
        contact = threads.find_contact(context.session, phone)
        if contact is not None and contact.opted_out_at is not None:
            return Step([self.wording.reply("forms.recap_opted_out")])
        return phone

    def read_code(self, context: FormContext, said: Said) -> str | Step:
        """The number, once its code is right; it is known to us from then on, as one that wrote is."""
        if not number_code.is_right(context.session, context.conversation, context.data, said.text):
            return self._hint(context, "code", said.asks_something_else and number_code.typed(said.text) is None)
        return threads.contact_of(context.session, context.data["phone"]).phone

    def too_many_here(self, context: FormContext) -> Step | None:
        """What is said when a class's worth of SMS was sent from this place today."""
        most = _MOST_OF_PLACE * self.settings.rate_limit
        over = bool(most) and origins.sms_sent(context.session, context.conversation) >= most
        return Step([self.wording.reply(f"{self.file}.{self.begin}too_many_here")]) if over else None

    def too_many(self, context: FormContext, phone: str) -> bool:
        """A few a day for a conversation and for a number, whoever asks; what is written in its own SMS thread does not count."""
        lane, talk = threads.lookup_hash(context.session, phone), context.conversation
        count = select(func.count()).select_from(OutboxRow)
        recent = count.join(Conversation, Conversation.id == OutboxRow.conversation_id).where(
            OutboxRow.kind == "sms", OutboxRow.created_at > now() - _A_DAY, Conversation.channel != "sms")
        of_talk = context.session.scalar(recent.where(OutboxRow.conversation_id == talk.id)) or 0
        of_number = context.session.scalar(recent.where(OutboxRow.lane == lane)) or 0
        return of_talk >= _MOST_OF_TALK or of_number >= _MOST_OF_NUMBER

    def send_code(self, context: FormContext, phone: str, data: Mapping[str, Any]) -> Step:
        """Sends a code to a number that is not proved yet, and asks for it."""
        known = threads.find_contact(context.session, phone) is not None
        if self.too_many(context, phone) or (not known and number_code.got_one_today(context.session, phone)):
            return Step([self.wording.reply(f"{self.file}.{self.begin}code_sent_today")])
        code = number_code.new_code()
        self.send(context, phone, self.wording.sentences.text(f"{self.file}.{self.begin}code_body", code=code))
        kept = {**data, **number_code.sealed(context.session, context.conversation, phone, code)}
        return Step([self.ask_code(phone)], state_of(self.form, "code", kept))

    @staticmethod
    def send(context: FormContext, phone: str, body: str) -> None:
        """An SMS on behalf of this conversation."""
        enqueue(context.session, OutboxRow(kind="sms", lane=threads.lookup_hash(context.session, phone),
                                           conversation_id=context.conversation.id, payload={"to": phone, "body": body}))

    def _hint(self, context: FormContext, step: str, aside: bool) -> Step:
        hint = self.wording.reply(f"forms.recap_{step}_hint", [self.wording.button("form_cancel")])
        return Step([hint], state_of(self.form, step, context.data), aside)
