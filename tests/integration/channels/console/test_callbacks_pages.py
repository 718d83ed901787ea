"""Promised calls in the console: the week, what became of each, and the calendar file."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar

from channels.clock import in_paris
from tests.fixtures.console_browser import seat
from tests.fixtures.desk import Desk

NUMBER = "+33231000000"


async def _booked(desk: Desk) -> tuple[int, str, str]:
    """A call on the next slot: (case, week's Monday, call-back id)."""
    services = desk.services
    case_id, token = await desk.waiting()
    session = await services.chat.session(token)
    day = services.hours.days(1)[0]
    slot = services.hours.slots(day)[0]

    def book(work):  # type: ignore[no-untyped-def]
        from channels.store import threads
        conversation = threads.by_id(work, session.conversation_id, lock=True)
        return services.handoff.book(work, conversation, slot, NUMBER, "Louise", {}).starts_at

    starts_at = await services.db.write(book)
    monday = in_paris(starts_at).date() - timedelta(days=in_paris(starts_at).weekday())
    (view,) = await services.callbacks.list(await services.accounts.by_key(desk.keys["Awa"]))
    return case_id, monday.isoformat(), view.id


async def test_the_week_shows_who_to_call_and_when(desk: Desk) -> None:
    case_id, monday, _ = await _booked(desk)
    eva = await seat(desk, "Eva")
    await eva.open(f"/console/rappels?semaine={monday}")
    assert "02 31 00 00 00" in eva.page and "Louise" in eva.page
    assert f"Demande n° {case_id}" in eva.page


async def test_a_call_that_reached_the_person_is_done(desk: Desk) -> None:
    case_id, monday, call = await _booked(desk)
    eva = await seat(desk, "Eva")
    await eva.open(f"/console/rappels?semaine={monday}")
    await eva.post(f"/console/rappels/{call}/fait")
    assert "comme fait" in eva.banner
    who = await desk.services.accounts.by_key(desk.keys["Awa"])
    assert (await desk.services.cases.get(who, case_id)).row.state == "closed"
    await eva.post(f"/console/rappels/{call}/fait")
    assert "plus prévu" in eva.banner


async def test_without_an_answer_a_second_try_is_planned(desk: Desk) -> None:
    _, monday, call = await _booked(desk)
    eva = await seat(desk, "Eva")
    await eva.open(f"/console/rappels?semaine={monday}")
    await eva.post(f"/console/rappels/{call}/sans-reponse")
    assert "Nouvel essai prévu" in eva.banner


async def test_a_call_is_moved_only_to_a_slot_of_the_opening_hours(desk: Desk) -> None:
    _, monday, call = await _booked(desk)
    eva = await seat(desk, "Eva")
    await eva.open(f"/console/rappels?semaine={monday}")
    await eva.post(f"/console/rappels/{call}/deplacer", starts_at="2030-01-01T03:00:00+00:00")
    assert "créneau" in eva.banner
    slot = desk.services.hours.slots(desk.services.hours.days(2)[1])[0]
    await eva.post(f"/console/rappels/{call}/deplacer", starts_at=slot.starts_at.isoformat())
    assert "déplacé" in eva.banner


async def test_the_calendar_file_names_the_case_and_nobody(desk: Desk) -> None:
    case_id, monday, _ = await _booked(desk)
    eva = await seat(desk, "Eva")
    answer = await eva.http.get(f"/console/rappels/semaine.ics?semaine={monday}")
    assert answer.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert f"demande n° {case_id}" in event["SUMMARY"]
    assert "Louise" not in answer.text and "31000000" not in answer.text.replace(" ", "")
