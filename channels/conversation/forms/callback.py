"""The call-back: day, slot, number (checked), name (optional). On SMS and phone the sender's own number is proposed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from channels.case.handover import Handoff
from channels.conversation.forms.base import FormContext, Said, Step, state_of
from channels.conversation.wording import Wording
from channels.hours.french_dates import day_label, read_day, read_hour, slot_label
from channels.hours.week import Hours, Slot
from channels.messages import Json, QuickReply, Reply
from channels.privacy.masking import read_phone, speak_phone
from channels.store.models import Contact
from clock import in_paris, now

_DAYS = 5
_LONGEST_NAME = 60
_NO_NUMBER = re.compile(r"\b(?:pas|aucun|sans)(?: de| mon)? (?:numero|num|telephone|tel|portable|mobile|fixe)\b"
                        r"|\b(?:veux|donne) pas\b")


@dataclass(frozen=True)
class CallbackForm:
    """Books a call with `handoff.book`."""

    wording: Wording
    hours: Hours
    handoff: Handoff
    name: str = "callback"

    def start(self, context: FormContext) -> Step:
        """Asks for the day, unless the request (`said`) names it, perhaps with a number; with no free day, says so and ends."""
        if not self.hours.days(1):
            return Step([self.wording.reply("forms.callback_no_day")])
        said = Said(str(context.data.get("said") or ""))
        known = {key: value for key, value in context.data.items() if key != "said"}
        phone = read_phone(said.text)
        here = replace(context, data={**known, "phone": phone} if phone else known)
        if read_day(said.text, in_paris(now()).date()) is not None:
            return self._day(here, said)
        return Step([self._ask_day()], state_of(self.name, "day", here.data))

    def read(self, context: FormContext, step: str, said: Said) -> Step:
        """Reads one answer."""
        reader = {"day": self._day, "slot": self._slot, "phone": self._phone, "name": self._name}[step]
        return reader(context, said)

    def ask_again(self, context: FormContext, step: str) -> Sequence[Reply]:
        """The question of `step` once more."""
        ask = {"day": self._ask_day, "slot": lambda: self._ask_slot(_day_of(context.data)),
               "phone": lambda: self._ask_phone(context), "name": self._ask_name}
        return [ask[step]()]

    def _day(self, context: FormContext, said: Said) -> Step:
        day = _read_date(said.value) or read_day(said.text, in_paris(now()).date())
        if day is None:
            return self._again(context, "day", said, "forms.callback_day_hint")
        if not self.hours.slots(day):
            reply = self.wording.reply("forms.callback_day_closed", self._day_buttons(), day=day_label(day))
            return Step([reply], state_of(self.name, "day", context.data))
        data = {**context.data, "day": day.isoformat()}
        named_hour = said.value is None and read_hour(said.text) is not None
        here = FormContext(context.session, context.conversation, data)
        return self._slot(here, said) if named_hour else Step([self._ask_slot(day)], state_of(self.name, "slot", data))

    def _slot(self, context: FormContext, said: Said) -> Step:
        day = _day_of(context.data)
        found = self._find_slot(day, said)
        if found is None and said.value is None and read_day(said.text, in_paris(now()).date()) not in {None, day}:
            return self._day(context, said)  # another day after all
        if found is None:
            return self._again(context, "slot", said, "forms.callback_slot_hint")
        data = {**context.data, "starts_at": found.starts_at.isoformat()}
        here = FormContext(context.session, context.conversation, data)
        moved = self.handoff.planned(context.session, context.conversation)
        if moved is not None:  # another moment for the same call: who to ring is known
            return self._book(here, moved.phone, moved.name)
        if "phone" in data:
            return Step([self._ask_name()], state_of(self.name, "name", data))
        return Step([self._ask_phone(here)], state_of(self.name, "phone", data))

    def _find_slot(self, day: date, said: Said) -> Slot | None:
        slots = self.hours.slots(day)
        if said.value:
            return next((slot for slot in slots if slot.starts_at.isoformat() == said.value), None)
        named = read_hour(said.text)
        if named is None:
            return None
        # « 14 h » finds the slot that holds it, or the first one after it (« l'après-midi »).
        wanted = named[0] * 60 + named[1]
        later = [slot for slot in slots if _minutes(slot.ends_at) > wanted]
        return later[0] if later else None

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
            return self._again(context, "phone", said, "forms.callback_phone_hint")
        return Step([self._ask_name()], state_of(self.name, "name", {**context.data, "phone": phone}))

    def _name(self, context: FormContext, said: Said) -> Step:
        return self._book(context, context.data["phone"], None if said.no else said.text.strip()[:_LONGEST_NAME] or None)

    def _book(self, context: FormContext, phone: str, name: str | None) -> Step:
        slot = self.hours.slot_at(datetime.fromisoformat(context.data["starts_at"]))
        if slot is None:
            data = {key: value for key, value in context.data.items() if key in {"reason", "topic", "phone"}}
            replies = [self.wording.reply("forms.callback_slot_gone"), self._ask_day()]
            return Step(replies, state_of(self.name, "day", data))
        self.handoff.book(context.session, context.conversation, slot, phone, name, context.data)
        done = self.wording.reply("forms.callback_done", [self.wording.button("cancel_callback")],
                                  day=day_label(in_paris(slot.starts_at).date()),
                                  slot=slot_label(slot.starts_at, slot.ends_at), phone=speak_phone(phone))
        return Step([done])

    def _again(self, context: FormContext, step: str, said: Said, hint: str) -> Step:
        buttons = [self._cancel()]
        if step != "phone":
            buttons = self._day_buttons() if step == "day" else self._slot_buttons(_day_of(context.data))
        return Step([self.wording.reply(hint, buttons)], state_of(self.name, step, context.data), said.asks_something_else)

    def _own_number(self, context: FormContext) -> str | None:
        if context.data.get("other") or not context.conversation.contact_id:
            return None
        contact = context.session.get(Contact, context.conversation.contact_id)
        return contact.phone if contact else None

    def _ask_day(self) -> Reply:
        return self.wording.reply("forms.callback_day", self._day_buttons())

    def _ask_slot(self, day: date) -> Reply:
        return self.wording.reply("forms.callback_slot", self._slot_buttons(day), day=day_label(day))

    def _ask_phone(self, context: FormContext) -> Reply:
        own = self._own_number(context)
        if own is None:
            return self.wording.reply("forms.callback_phone", [self._cancel()])
        buttons = [self._value("form_use_number", "own"), self._value("form_other_number", "other"), self._cancel()]
        return self.wording.reply("forms.callback_phone_known", buttons, phone=speak_phone(own))

    def _ask_name(self) -> Reply:
        return self.wording.reply("forms.callback_name", [self._value("form_skip", "skip"), self._cancel()])

    def _day_buttons(self) -> list[QuickReply]:
        days = self.hours.days(_DAYS)
        return [*(QuickReply(day_label(day), _form(day.isoformat())) for day in days), self._cancel()]

    def _slot_buttons(self, day: date) -> list[QuickReply]:
        return [*(QuickReply(slot_label(slot.starts_at, slot.ends_at), _form(slot.starts_at.isoformat()))
                  for slot in self.hours.slots(day)), self._cancel()]

    def _value(self, label: str, value: str) -> QuickReply:
        return QuickReply(self.wording.sentences.text(f"buttons.{label}"), _form(value))

    def _cancel(self) -> QuickReply:
        return self.wording.button("form_cancel")


def _form(value: str) -> Json:
    return {"command": "form", "value": value}


def _day_of(data: Mapping[str, Any]) -> date:
    return date.fromisoformat(data["day"])


def _read_date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def _minutes(instant: datetime) -> int:
    local = in_paris(instant)
    return local.hour * 60 + local.minute
