"""Promised calls as an iCalendar file (RFC 5545). Calendars are copied around: neither name nor number goes in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Alarm, Calendar, Event

from channels.case.views import CallbackView
from channels.console.labels import CALLBACK_KINDS
from clock import now

_BEFORE = timedelta(minutes=-5)


def calendar(calls: Iterable[tuple[CallbackView, str]], base: str) -> bytes:
    """A calendar of (call, topic in French); each event leads to its case and rings five minutes before."""
    file = Calendar()
    file.add("prodid", "-//Parcours-Métiers//Console//FR")
    file.add("version", "2.0")
    file.add("x-wr-calname", "Rappels Parcours-Métiers")
    for call, topic in calls:
        file.add_component(_event(call, topic, base))
    body: bytes = file.to_ical()
    return body


def _event(call: CallbackView, topic: str, base: str) -> Event:
    event = Event()
    event.add("uid", f"{call.id}@parcours-metiers")
    event.add("dtstamp", now())
    event.add("dtstart", call.starts_at)
    event.add("dtend", call.ends_at)
    kind = CALLBACK_KINDS[call.kind]
    event.add("summary", f"{kind}, demande n° {call.case_id} : {topic}")
    if call.place:
        event.add("location", call.place)
    event.add("url", f"{base}/console/cases/{call.case_id}")
    event.add("class", "PRIVATE")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{kind}, demande n° {call.case_id}")
    alarm.add("trigger", _BEFORE)
    event.add_component(alarm)
    return event
