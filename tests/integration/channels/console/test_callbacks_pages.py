"""Promised calls in the console: the week, what became of each, and the calendar file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar

from channels.store.models import Callback
from clock import in_paris, now
from tests.fixtures.console_browser import seat
from tests.fixtures.desk import PASSWORD, Desk

pytestmark = pytest.mark.any_clock

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


async def test_a_meeting_is_planned_from_the_case_told_to_the_person_and_outlives_its_end(desk: Desk) -> None:
    case_id, token = await desk.waiting()
    eva = await seat(desk, "Eva")
    await eva.open("/console/")
    await eva.post(f"/console/cases/{case_id}/claim")
    slot = desk.services.hours.slots(desk.services.hours.days(1)[0])[0]
    fields = {"starts_at": slot.starts_at.isoformat(), "kind": "rendez_vous", "phone": "02 31 00 00 00"}
    await eva.post(f"/console/rappels/nouveau/{case_id}", **fields)
    assert "lieu" in eva.banner
    me = (await desk.services.accounts.login("eva@exemple.fr", PASSWORD)).principal
    await eva.post(f"/console/rappels/nouveau/{case_id}", **fields, place="Accueil de Caen", account=me.account_id)
    assert "Rendez-vous prévu" in eva.banner
    session = await desk.services.chat.session(token)
    assert "Accueil de Caen" in (await desk.services.chat.events(session.conversation_id)).messages[-1].text
    await desk.services.cases.close(me, case_id, "rendez_vous")
    (call,) = await desk.services.callbacks.list(me)
    assert (call.state, call.place, call.account_id) == ("planned", "Accueil de Caen", me.account_id)


async def test_the_calendar_keeps_what_the_filters_want(desk: Desk) -> None:
    case_id, monday, call = await _booked(desk)
    eva = await seat(desk, "Eva")
    link = f'href="#appel-{call}"'
    for query, there in (("territoire=27", True), ("territoire=50", False), ("personne=nobody", True), ("equipe=Eure", False)):
        await eva.open(f"/console/rappels?semaine={monday}&{query}")
        assert (link in eva.page) is there, query
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])
    await eva.post(f"/console/rappels/{call}/confier", account=awa.account_id)
    await eva.open(f"/console/rappels?semaine={monday}&personne={awa.account_id}")
    assert link in eva.page and f"n° {case_id}" in eva.page
    answer = await eva.http.get(f"/console/rappels/semaine.ics?semaine={monday}&personne=nobody")
    assert "VEVENT" not in answer.text


async def test_a_call_is_announced_once_before_it_begins(desk: Desk) -> None:
    case_id, _, call = await _booked(desk)
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])

    def soon(session):  # type: ignore[no-untyped-def]
        row = session.get(Callback, call)
        row.starts_at, row.ends_at = now() + timedelta(minutes=5), now() + timedelta(minutes=65)

    await desk.services.db.write(soon)
    assert (await desk.services.reminding.round(), await desk.services.reminding.round()) == (1, 0)
    assert "callback_reminded" in [event.kind for event in (await desk.services.cases.get(awa, case_id)).events]


async def test_the_person_is_reminded_the_day_before_once(desk: Desk) -> None:
    case_id, _, call = await _booked(desk)
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])

    def tomorrow(session):  # type: ignore[no-untyped-def]
        row = session.get(Callback, call)
        row.starts_at, row.ends_at = now() + timedelta(hours=20), now() + timedelta(hours=21)
        row.created_at = now() - timedelta(days=3)

    assert await desk.services.reminding.round() == 0, "promised a moment ago"
    await desk.services.db.write(tomorrow)
    assert (await desk.services.reminding.round(), await desk.services.reminding.round()) == (1, 0)
    told = (await desk.services.cases.get(awa, case_id)).messages[-1]
    assert "vous appellera" in told.text and "02 31 00 00 00" in told.text
