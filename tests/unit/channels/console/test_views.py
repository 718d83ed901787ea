"""Which cases a screen shows, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from channels.case.views import CaseRow
from channels.console.views import View, awaits_reply, rank
from channels.people.principal import Principal
from clock import now

ME = Principal("me", "Awa", "conseiller")
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CASE = CaseRow(
    id=1, conversation_id="c", state="queued", channel="web", topic=9, public="lyceen", place="Évreux",
    urgency="normale", owner=None, owner_id=None, team=None, reason="person", outcome=None, waiting_seconds=0, summary="",
    opened_at=START, queued_at=START, claimed_at=None, closed_at=None, last_citizen_at=START, last_advisor_at=None,
    snoozed_until=None)
MINE = replace(CASE, state="human", owner_id="me", owner="Awa")
THEIRS = replace(CASE, state="human", owner_id="other", owner="Bruno")


@pytest.mark.parametrize(("tab", "shown"), [
    ("todo", [CASE, MINE]), ("queued", [CASE]), ("mine", [MINE]), ("human", [MINE, THEIRS]), ("closed", [])])
def test_a_tab_shows_its_cases_only(tab: str, shown: list[CaseRow]) -> None:
    assert [row for row in (CASE, MINE, THEIRS) if View(tab).shows(row, ME)] == shown


def test_a_paused_case_is_only_in_its_own_tab_until_its_time() -> None:
    paused = replace(CASE, snoozed_until=now() + timedelta(hours=1))
    assert not View("todo").shows(paused, ME)
    assert View("snoozed").shows(paused, ME)
    over = replace(CASE, snoozed_until=now() - timedelta(minutes=1))
    assert View("todo").shows(over, ME)
    assert not View("snoozed").shows(over, ME)


@pytest.mark.parametrize("view", [View(channel="sms"), View(topic=1), View(public="parent"), View(place="caen"),
                                  View(team="Eure")])
def test_a_filter_that_does_not_hold_hides_the_case(view: View) -> None:
    assert not view.shows(CASE, ME)
    assert view.filtered


def test_distress_comes_first_then_the_oldest() -> None:
    late = replace(CASE, id=2, queued_at=START + timedelta(minutes=5))
    urgent = replace(CASE, id=3, queued_at=START + timedelta(minutes=9), urgency="detresse")
    high = replace(CASE, id=4, queued_at=START + timedelta(minutes=8), urgency="haute")
    assert [row.id for row in sorted((late, CASE, high, urgent), key=rank)] == [3, 4, 1, 2]


def test_the_address_of_a_view_leaves_out_what_is_usual() -> None:
    assert View().query() == ""
    assert View("mine", channel="sms").query(channel=None) == "tab=mine"


def test_a_case_awaits_a_reply_when_the_person_wrote_last() -> None:
    assert awaits_reply(MINE)
    assert not awaits_reply(replace(MINE, last_advisor_at=START + timedelta(seconds=1)))
    assert not awaits_reply(CASE)
