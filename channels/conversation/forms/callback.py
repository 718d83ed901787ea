"""The call-back: a moment (see moments.py), a number (checked), a name (optional). On SMS and phone the sender's own number is
proposed. The moment is said back, day and hours, before anything is booked, and can be changed at every later question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from channels.case.handover import Handoff
from channels.conversation.forms.base import FormContext, Said, Step, state_of
from channels.conversation.forms.moments import Moments, day_of, label
from channels.conversation.wording import Wording
from channels.hours.french_dates import day_label, slot_label
from channels.hours.week import Hours, Slot
from channels.messages import QuickReply, Reply
from channels.privacy.masking import is_in, read_phone, speak_phone
from channels.settings import Settings
from channels.store.models import Contact
from clock import in_paris

_LONGEST_NAME = 60
_NO_NUMBER = re.compile(r"\b(?:pas|aucun|sans)(?: de| mon)? (?:numero|num|telephone|tel|portable|mobile|fixe)\b"
                        r"|\b(?:veux|donne) pas\b")
# Before a moment, these say that the one just told is not right: « non, jeudi », « pas demain, jeudi », « plutôt à 15h ».
_INSTEAD = re.compile(r"(?:ah |euh |mais )*(?:non|nan|plutot|finalement|en fait|pas|pardon|desolee?|je prefere|je voulais dire"
                      r"|changer?)\b")
_MOMENT_STEPS = {"day", "slot"}


@dataclass(frozen=True)
class CallbackForm:
    """Books a call with `handoff.book`."""

    wording: Wording
    hours: Hours
    handoff: Handoff
    settings: Settings
    name: str = "callback"

    @property
    def moments(self) -> Moments:
        """How the moment is read and asked."""
        return Moments(self.wording, self.hours, self.name)

    def start(self, context: FormContext) -> Step:
        """Asks for the day, unless the request (`said`) names a moment, perhaps with a number.

        With no free day, says so and ends.
        """
        if not self.hours.days(1):
            return Step([self.wording.reply("forms.callback_no_day")])
        said = Said(str(context.data.get("said") or ""))
        known = {key: value for key, value in context.data.items() if key != "said"}
        phone = read_phone(said.text)
        here = replace(context, data={**known, "phone": phone} if phone else known)
        if self.moments.times(said).said:
            return self._moment(here, said, "")
        return Step([self.moments.ask_day()], state_of(self.name, "day", here.data))

    def read(self, context: FormContext, step: str, said: Said) -> Step:
        """Reads one answer."""
        if step in _MOMENT_STEPS:
            return self._moment(context, said, step)
        if said.value == "moment":
            return Step([self.moments.ask_day()], state_of(self.name, "day", _without_moment(context.data)))
        if self._changes_moment(said):
            return self._moment(replace(context, data=_without_moment(context.data)), said, step)
        reader = {"phone": self._phone, "name": self._name, "confirm": self._confirm}[step]
        return reader(context, said)

    def ask_again(self, context: FormContext, step: str) -> Sequence[Reply]:
        """The question of `step` once more."""
        day = day_of(context.data)
        if step in _MOMENT_STEPS:
            return [self.moments.ask_slot(day) if day and step == "slot" else self.moments.ask_day()]
        if step == "confirm":
            return [self._ask_confirm(context)]
        return [self._ask_phone(context) if step == "phone" else self._ask_name()]

    def _moment(self, context: FormContext, said: Said, step: str) -> Step:
        found = self.moments.read(context, step, said)
        if isinstance(found, Step):
            return found
        if found is not None:
            return self._chosen(context, found)
        if said.value is not None and step == "slot":
            return self._gone(context)
        return self._again(context, step or "day", said)

    def _chosen(self, context: FormContext, slot: Slot) -> Step:
        """The moment is said back with the next question; one that is taken, with other days."""
        if self.handoff.is_full(context.session, slot, self.settings.callbacks_a_slot):
            return self._gone(context)
        day = in_paris(slot.starts_at).date()
        data = {**context.data, "day": day.isoformat(), "starts_at": slot.starts_at.isoformat()}
        here = replace(context, data=data)
        if self.handoff.planned(context.session, context.conversation) is not None:  # who to ring is known
            return Step([self._ask_confirm(here)], state_of(self.name, "confirm", data))
        step, question = ("name", self._ask_name()) if "phone" in data else ("phone", self._ask_phone(here))
        return Step([self._with_moment(question, slot)], state_of(self.name, step, data))

    def _with_moment(self, question: Reply, slot: Slot) -> Reply:
        lead = self.wording.sentences.text("forms.callback_moment", moment=label(slot))
        return replace(question, text=f"{lead} {question.text}", sms=f"{lead} {question.sms or question.text}",
                       spoken=f"{lead} {question.spoken or question.text}")

    def _changes_moment(self, said: Said) -> bool:
        """« non, jeudi » while number or name is asked; « Mme Lundi » is a name."""
        times = self.moments.times(said)
        if not times.said or read_phone(said.text) is not None:
            return False
        return bool(_INSTEAD.match(said.plain)) or any(window.kind != "part" for window in times.windows)

    def _phone(self, context: FormContext, said: Said) -> Step:
        own = self._own_number(context)
        phone = own if own and (said.value == "own" or (said.value is None and said.yes)) else read_phone(said.text)
        if own and (said.value == "other" or (said.value is None and said.no and phone is None)):
            return Step([self.wording.reply("forms.callback_phone", [self._cancel()])],
                        state_of(self.name, "phone", {**context.data, "other": True}))
        if phone is None and _NO_NUMBER.search(said.plain):
            return Step([self.wording.reply("forms.callback_no_phone", [self.wording.person(), self._cancel()])],
                        state_of(self.name, "phone", context.data))
        if phone is None:
            return self._again(context, "phone", said)
        if not is_in(phone, self.settings.sms_regions):
            return Step([self.wording.reply("forms.callback_abroad", [self._cancel()])],
                        state_of(self.name, "phone", context.data))
        return Step([self._ask_name()], state_of(self.name, "name", {**context.data, "phone": phone}))

    def _name(self, context: FormContext, said: Said) -> Step:
        unnamed = said.no or said.yes or said.thanks
        return self._book(context, context.data["phone"], None if unnamed else said.text.strip()[:_LONGEST_NAME] or None)

    def _confirm(self, context: FormContext, said: Said) -> Step:
        """Another moment for the same call."""
        planned = self.handoff.planned(context.session, context.conversation)
        if said.yes and planned is not None and not planned.phone:  # a meeting that was booked without one
            return Step([self._ask_phone(context)], state_of(self.name, "phone", context.data))
        if said.yes and planned is not None:
            return self._book(context, planned.phone, planned.name)
        if said.no or planned is None:
            return Step([self.moments.ask_day()], state_of(self.name, "day", _without_moment(context.data)))
        found = self.moments.read(replace(context, data=_without_moment(context.data)), "confirm", said)
        if isinstance(found, Step):
            return found
        return self._chosen(context, found) if found is not None else self._again(context, "confirm", said)

    def _book(self, context: FormContext, phone: str, name: str | None) -> Step:
        slot = self.hours.slot_at(datetime.fromisoformat(context.data["starts_at"]))
        if slot is None or self.handoff.is_full(context.session, slot, self.settings.callbacks_a_slot):
            return self._gone(context)
        if self.handoff.too_many_calls_here(context.session, context.conversation):
            return Step([self.wording.reply("forms.callback_too_many_here", number=self.settings.helpline_number or "")])
        if self.handoff.promised_elsewhere(context.session, context.conversation, phone) is not None:
            return Step([self.wording.reply("forms.callback_promised", phone=speak_phone(phone))])
        self.handoff.book(context.session, context.conversation, slot, phone, name, context.data)
        done = self.wording.reply("forms.callback_done", [self.wording.button("cancel_callback")],
                                  day=day_label(in_paris(slot.starts_at).date()),
                                  slot=slot_label(slot.starts_at, slot.ends_at), phone=speak_phone(phone))
        return Step([done])

    def _gone(self, context: FormContext) -> Step:
        """The slot was taken away meanwhile, or came too close."""
        data = {key: value for key, value in context.data.items() if key in {"reason", "topic", "phone"}}
        replies = [self.wording.reply("forms.callback_slot_gone"), self.moments.ask_day()]
        return Step(replies, state_of(self.name, "day", data))

    def _again(self, context: FormContext, step: str, said: Said) -> Step:
        day = day_of(context.data)
        buttons = {"phone": [self._cancel()], "confirm": self._yes_no(), "day": self.moments.day_buttons()}.get(step)
        if buttons is None:
            buttons = self.moments.slot_buttons(self.hours.slots(day)) if day else self.moments.day_buttons()
        hint = self.wording.reply(f"forms.callback_{step}_hint", buttons)
        return Step([hint], state_of(self.name, step, context.data), said.asks_something_else)

    def _own_number(self, context: FormContext) -> str | None:
        if context.data.get("other") or not context.conversation.contact_id:
            return None
        contact = context.session.get(Contact, context.conversation.contact_id)
        return contact.phone if contact else None

    def _ask_phone(self, context: FormContext) -> Reply:
        own = self._own_number(context)
        if own is None:
            return self.wording.reply("forms.callback_phone", [self._change(), self._cancel()])
        buttons = [self._value("form_use_number", "own"), self._value("form_other_number", "other"), self._cancel()]
        return self.wording.reply("forms.callback_phone_known", buttons, phone=speak_phone(own))

    def _ask_name(self) -> Reply:
        return self.wording.reply("forms.callback_name", [self._value("form_skip", "skip"), self._change(), self._cancel()])

    def _ask_confirm(self, context: FormContext) -> Reply:
        slot = self.hours.slot_at(datetime.fromisoformat(context.data["starts_at"]))
        return self.wording.reply("forms.callback_confirm", self._yes_no(), moment=label(slot) if slot else "")

    def _yes_no(self) -> list[QuickReply]:
        return [self._value("form_yes", "yes"), self._value("form_no", "no")]

    def _value(self, name: str, value: str) -> QuickReply:
        return QuickReply(self.wording.sentences.text(f"buttons.{name}"), {"command": "form", "value": value})

    def _change(self) -> QuickReply:
        return self._value("form_change_moment", "moment")

    def _cancel(self) -> QuickReply:
        return self.wording.button("form_cancel")


def _without_moment(data: Any) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in {"day", "starts_at"}}
