"""The recap by SMS: a mobile number (or the sender's own, with consent), then the titles and links of what was shown.

A number that never wrote nor called gets a code first: nobody can have us write to a stranger more than once a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from channels.conversation.continuation import new_link
from channels.conversation.forms.base import FormContext, Said, Step, state_of
from channels.conversation.forms.number_question import NumberQuestion
from channels.conversation.wording import Wording
from channels.messages import Reply
from channels.privacy.masking import speak_phone
from channels.settings import Settings
from channels.store import threads
from channels.store.models import MessageState

_ITEMS = 4


@dataclass(frozen=True)
class RecapForm:
    """Sends the recap by the outbox. The number is kept nowhere else."""

    wording: Wording
    settings: Settings
    name: str = "recap"

    @property
    def number(self) -> NumberQuestion:
        """How the number is asked and proved."""
        return NumberQuestion(self.wording, self.settings, self.name, "forms", "recap_")

    def start(self, context: FormContext) -> Step:
        """Proposes the sender's number, or asks for one; says so when there is nothing to recap."""
        if not self._items(context):
            return Step([self.wording.reply("forms.recap_nothing")])
        own = self.number.own(context) if context.data.get("consent") else None
        if own is not None:  # the person just said yes to that very number
            return self._send(context, own)
        return Step([self.number.ask(context)], state_of(self.name, "phone", context.data))

    def read(self, context: FormContext, step: str, said: Said) -> Step:
        """Reads the number, the consent or the code."""
        read = self.number.read_code if step == "code" else self.number.read
        found = read(context, said)
        return found if isinstance(found, Step) else self._send(context, found)

    def ask_again(self, context: FormContext, step: str) -> Sequence[Reply]:
        """The question once more."""
        return [self.number.ask_code(context.data["phone"]) if step == "code" else self.number.ask(context)]

    def _send(self, context: FormContext, phone: str) -> Step:
        if self.number.too_many(context, phone):
            return Step([self.wording.reply("forms.recap_too_many")])
        over = self.number.too_many_here(context)
        if over is not None:
            return over
        known = threads.find_contact(context.session, phone) is not None
        return self._recap(context, phone) if known else self.number.send_code(context, phone, {})

    def _recap(self, context: FormContext, phone: str) -> Step:
        link = new_link(context.session, context.conversation.id, self.settings.public_base)
        body = self.wording.sentences.text("forms.recap_body", items=" ; ".join(self._items(context)), link=link)
        if context.conversation.channel == "phone" and phone == self.number.own(context):
            # The caller agreed to be written to on this number: an advisor's words may follow by SMS.
            context.conversation.channel_state = {**(context.conversation.channel_state or {}), "by_sms": True}
        self.number.send(context, phone, body)
        return Step([self.wording.reply("forms.recap_done", phone=speak_phone(phone))])

    def _items(self, context: FormContext) -> list[str]:
        cards = [card for row in threads.whole(context.session, context.conversation.id) if row.state == MessageState.VISIBLE
                 for card in (row.body or {}).get("cards") or []]
        found = {(card.get("kind"), card.get("id")): card.get("title") for card in cards if card.get("title")}
        base = self.settings.public_base
        return [f"{title} {base}/fiches/{kind}/{key}" for (kind, key), title in list(found.items())[-_ITEMS:]]
