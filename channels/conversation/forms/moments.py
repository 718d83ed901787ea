"""When somebody can be called: words or a button become one slot, or a question. Nothing is replaced in silence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from channels.conversation.forms.base import FormContext, Said, Step, state_of
from channels.conversation.wording import Wording
from channels.hours.french_dates import day_label, slot_label
from channels.hours.week import Hours, Slot
from channels.hours.wished import days_of, slots_wished
from channels.messages import Json, QuickReply, Reply
from clock import in_paris, now
from language.times import Times, read_times

_DAYS = 5
_BARE = re.compile(r"(?:vers |a |le )?(\d{1,2})")
_QUOTED = 40  # characters of what was not understood


@dataclass(frozen=True)
class Moments:
    """Reads and asks the moment of a call, for the form named `form`."""

    wording: Wording
    hours: Hours
    form: str

    def read(self, context: FormContext, step: str, said: Said) -> Slot | Step | None:
        """The slot that is meant, the question that settles it, or None when the words say nothing of a moment."""
        if said.value is not None:
            return self._pressed(context, said)
        times = self.times(said, step)
        if not times.said:
            return None
        on = day_of(context.data)
        slots = slots_wished(self.hours, times, on)
        if times.unclear and (not times.wishes or not slots):
            quoted = times.unclear[0][:_QUOTED]
            return self._ask_day_again(context, "forms.callback_unclear", said=quoted)
        return self._settled(context, times, slots) if slots else self._impossible(context, times, on)

    @staticmethod
    def times(said: Said, step: str = "") -> Times:
        """What the words say of days and hours; a bare number answers the question that was put."""
        bare = _BARE.fullmatch(said.plain)
        if bare and step in {"day", "slot"}:
            text = f"le {bare[1]}" if step == "day" else f"à {bare[1]}h"
            return read_times(text, now())
        return read_times(said.text, now())

    def ask_day(self, days: Sequence[date] | None = None, sentence: str = "forms.callback_day") -> Reply:
        """Which day?"""
        return self.wording.reply(sentence, self.day_buttons(days))

    def ask_slot(self, day: date) -> Reply:
        """At what time on that day?"""
        return self.wording.reply("forms.callback_slot", self.slot_buttons(self.hours.slots(day)), day=day_label(day))

    def day_buttons(self, days: Sequence[date] | None = None) -> list[QuickReply]:
        """A button a day."""
        offered = self.hours.days(_DAYS) if days is None else days
        return [*(QuickReply(day_label(day), _form(day.isoformat())) for day in offered), self._cancel()]

    def slot_buttons(self, slots: Sequence[Slot], with_day: bool = False) -> list[QuickReply]:
        """A button a slot."""
        return [*(QuickReply(label(slot) if with_day else slot_label(slot.starts_at, slot.ends_at),
                             _form(slot.starts_at.isoformat())) for slot in slots), self._cancel()]

    def _pressed(self, context: FormContext, said: Said) -> Slot | Step | None:
        day = _read_date(said.value)
        if day is not None:
            return self._of_day(context, day)
        try:
            return self.hours.slot_at(datetime.fromisoformat(str(said.value)))
        except ValueError:
            return None

    def _of_day(self, context: FormContext, day: date) -> Step:
        if not self.hours.slots(day):
            return self._ask_day_again(context, "forms.callback_day_closed", day=day_label(day))
        return Step([self.ask_slot(day)], state_of(self.form, "slot", {**context.data, "day": day.isoformat()}))

    def _settled(self, context: FormContext, times: Times, slots: Sequence[Slot]) -> Slot | Step:
        days = days_of(slots)
        if len(slots) == 1:
            return slots[0]
        hours_said = bool(times.windows) or any(wish.window for wish in times.refused)
        if len(days) == 1:
            return self._among(context, slots, days[0]) if hours_said else self._of_day(context, days[0])
        if not hours_said:
            reply = self.ask_day(days[:_DAYS], "forms.callback_which_day")
            return Step([reply], state_of(self.form, "day", _without_day(context.data)))
        firsts = [next(slot for slot in slots if in_paris(slot.starts_at).date() == day) for day in days[:_DAYS]]
        reply = self.wording.reply("forms.callback_which", self.slot_buttons(firsts, with_day=True))
        return Step([reply], state_of(self.form, "slot", _without_day(context.data)))

    def _among(self, context: FormContext, slots: Sequence[Slot], day: date) -> Step:
        reply = self.wording.reply("forms.callback_slot", self.slot_buttons(slots), day=day_label(day))
        return Step([reply], state_of(self.form, "slot", {**context.data, "day": day.isoformat()}))

    def _impossible(self, context: FormContext, times: Times, on: date | None) -> Step:
        """What cannot be offered is said, with what can."""
        named = [*times.days] or ([on] if on else [])
        open_days = [day for day in named if self.hours.slots(day)]
        if open_days and open_days[0] not in times.not_days:
            buttons = self.slot_buttons(self.hours.slots(open_days[0]))
            reply = self.wording.reply("forms.callback_no_slot_then", buttons, day=day_label(open_days[0]))
            return Step([reply], state_of(self.form, "slot", {**context.data, "day": open_days[0].isoformat()}))
        if times.days:
            closed = " ni ".join(map(day_label, times.days[:2])) if len(times.days) <= 2 else "ces jours-là"
            return self._ask_day_again(context, "forms.callback_day_closed", day=closed)
        return self._ask_day_again(context, "forms.callback_no_such_hour")

    def _ask_day_again(self, context: FormContext, sentence: str, **values: object) -> Step:
        reply = self.wording.reply(sentence, self.day_buttons(), **values)
        return Step([reply], state_of(self.form, "day", _without_day(context.data)))

    def _cancel(self) -> QuickReply:
        return self.wording.button("form_cancel")


def label(slot: Slot) -> str:
    """« mardi 1er décembre, entre 15 h et 16 h »."""
    return f"{day_label(in_paris(slot.starts_at).date())}, {slot_label(slot.starts_at, slot.ends_at)}"


def day_of(data: Mapping[str, Any]) -> date | None:
    """The day chosen before."""
    return date.fromisoformat(data["day"]) if data.get("day") else None


def _without_day(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in {"day", "starts_at"}}


def _form(value: str) -> Json:
    return {"command": "form", "value": value}


def _read_date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
