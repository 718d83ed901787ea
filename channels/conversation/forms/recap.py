"""The recap by SMS: a mobile number (or the sender's own, with consent), then the titles and links of what was shown.

A number that never wrote nor called gets a code first: nobody can have us write to a stranger more than once a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from channels.conversation.continuation import new_link
from channels.conversation.forms import number_code
from channels.conversation.forms.base import FormContext, Said, Step, state_of
from channels.conversation.wording import Wording
from channels.delivery.sending import enqueue
from channels.messages import QuickReply, Reply
from channels.privacy.masking import is_in, is_mobile, read_phone, speak_phone
from channels.settings import Settings
from channels.store import origins, threads
from channels.store.models import Contact, Conversation, MessageState, OutboxRow
from clock import now

_ITEMS = 4
_A_DAY, _MOST_OF_TALK, _MOST_OF_NUMBER, _MOST_OF_PLACE = timedelta(days=1), 4, 4, 20


@dataclass(frozen=True)
class RecapForm:
    """Sends the recap by the outbox. The number is kept nowhere else."""

    wording: Wording
    settings: Settings
    name: str = "recap"

    def start(self, context: FormContext) -> Step:
        """Proposes the sender's number, or asks for one; says so when there is nothing to recap."""
        if not self._items(context):
            return Step([self.wording.reply("forms.recap_nothing")])
        own = self._own(context) if context.data.get("consent") else None
        if own is not None:  # the person just said yes to that very number
            return self._send(context, own)
        return Step([self._ask(context)], state_of(self.name, "phone", context.data))

    def read(self, context: FormContext, step: str, said: Said) -> Step:
        """Reads the number, the consent or the code."""
        if step == "code":
            return self._code(context, said)
        own = self._own(context)
        phone = own if own and said.yes else read_phone(said.text)
        if phone is None and said.no:
            return Step([self.wording.reply("forms.cancelled")])
        if phone is None or not is_mobile(phone) or not is_in(phone, self.settings.sms_regions):
            hint = self.wording.reply("forms.recap_phone_hint", [self.wording.button("form_cancel")])
            return Step([hint], state_of(self.name, "phone", context.data), said.asks_something_else)
        return self._send(context, phone)

    def ask_again(self, context: FormContext, step: str) -> Sequence[Reply]:
        """The question once more."""
        return [self._ask_code(context.data["phone"]) if step == "code" else self._ask(context)]

    def _send(self, context: FormContext, phone: str) -> Step:
        contact = threads.find_contact(context.session, phone)
        if contact is not None and contact.opted_out_at is not None:
            return Step([self.wording.reply("forms.recap_opted_out")])
        if self._too_many(context, phone):
            return Step([self.wording.reply("forms.recap_too_many")])
        if self._too_many_here(context):
            return Step([self.wording.reply("forms.recap_too_many_here")])
        return self._recap(context, phone) if contact is not None else self._send_code(context, phone)

    def _send_code(self, context: FormContext, phone: str) -> Step:
        if number_code.got_one_today(context.session, phone):
            return Step([self.wording.reply("forms.recap_code_sent_today")])
        code = number_code.new_code()
        self._enqueue(context, phone, self.wording.sentences.text("forms.recap_code_body", code=code))
        kept = number_code.sealed(context.session, context.conversation, phone, code)
        return Step([self._ask_code(phone)], state_of(self.name, "code", kept))

    def _code(self, context: FormContext, said: Said) -> Step:
        if number_code.is_right(context.session, context.conversation, context.data, said.text):
            threads.contact_of(context.session, context.data["phone"])  # known from now on, as a number that wrote is
            return self._send(context, context.data["phone"])
        hint = self.wording.reply("forms.recap_code_hint", [self.wording.button("form_cancel")])
        return Step([hint], state_of(self.name, "code", context.data),
                    said.asks_something_else and number_code.typed(said.text) is None)

    def _ask_code(self, phone: str) -> Reply:
        return self.wording.reply("forms.recap_code", [self.wording.button("form_cancel")], phone=speak_phone(phone))

    def _recap(self, context: FormContext, phone: str) -> Step:
        link = new_link(context.session, context.conversation.id, self.settings.public_base)
        body = self.wording.sentences.text("forms.recap_body", items=" ; ".join(self._items(context)), link=link)
        if context.conversation.channel == "phone" and phone == self._own(context):
            # The caller agreed to be written to on this number: an advisor's words may follow by SMS.
            context.conversation.channel_state = {**(context.conversation.channel_state or {}), "by_sms": True}
        self._enqueue(context, phone, body)
        return Step([self.wording.reply("forms.recap_done", phone=speak_phone(phone))])

    def _enqueue(self, context: FormContext, phone: str, body: str) -> None:
        enqueue(context.session, OutboxRow(kind="sms", lane=threads.lookup_hash(context.session, phone),
                                           conversation_id=context.conversation.id, payload={"to": phone, "body": body}))

    def _too_many_here(self, context: FormContext) -> bool:
        """A class may ask from one address, not a town."""
        most = _MOST_OF_PLACE * self.settings.rate_limit
        return bool(most) and origins.sms_sent(context.session, context.conversation) >= most

    def _too_many(self, context: FormContext, phone: str) -> bool:
        """A few a day for a conversation and for a number, whoever asks."""
        lane, talk = threads.lookup_hash(context.session, phone), context.conversation
        count = select(func.count()).select_from(OutboxRow)
        recent = count.join(Conversation, Conversation.id == OutboxRow.conversation_id).where(
            OutboxRow.kind == "sms", OutboxRow.created_at > now() - _A_DAY, Conversation.channel != "sms")
        of_talk = context.session.scalar(recent.where(OutboxRow.conversation_id == talk.id)) or 0
        of_number = context.session.scalar(recent.where(OutboxRow.lane == lane)) or 0
        return of_talk >= _MOST_OF_TALK or of_number >= _MOST_OF_NUMBER

    def _ask(self, context: FormContext) -> Reply:
        own = self._own(context)
        if own is None:
            return self.wording.reply("forms.recap_phone", [self.wording.button("form_cancel")])
        say = self.wording.sentences
        buttons = [QuickReply(say.text("buttons.form_yes"), {"command": "form", "value": "yes"}),
                   QuickReply(say.text("buttons.form_no"), {"command": "form", "value": "no"})]
        return self.wording.reply("forms.recap_phone_known", buttons, phone=speak_phone(own))

    def _own(self, context: FormContext) -> str | None:
        contact = context.session.get(Contact, context.conversation.contact_id) if context.conversation.contact_id else None
        return contact.phone if contact and is_mobile(contact.phone) else None

    def _items(self, context: FormContext) -> list[str]:
        cards = [card for row in threads.whole(context.session, context.conversation.id) if row.state == MessageState.VISIBLE
                 for card in (row.body or {}).get("cards") or []]
        found = {(card.get("kind"), card.get("id")): card.get("title") for card in cards if card.get("title")}
        base = self.settings.public_base
        return [f"{title} {base}/fiches/{kind}/{key}" for (kind, key), title in list(found.items())[-_ITEMS:]]
