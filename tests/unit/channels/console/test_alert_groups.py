"""Alerts are one line: one entry a case, distress first."""

from __future__ import annotations

from channels.case.views import AlertView
from channels.console.alert_groups import by_case
from channels.console.labels import ALERTS
from channels.console.pages import fragment
from clock import now


def _alert(number: int, kind: str, case_id: int | None) -> AlertView:
    return AlertView(f"a{number}", kind, None, case_id, "sent", None, now(), "Anne")


def test_a_case_is_one_entry_and_distress_goes_first() -> None:
    groups = by_case([_alert(1, "unclaimed", 7), _alert(2, "unclaimed", 8), _alert(3, "distress", 8), _alert(4, "trial", None)])
    assert [group.case_id for group in groups] == [8, 7, None]
    assert groups[0].names(ALERTS) == "Message de détresse, Personne ne prend cette demande"


def test_six_alerts_are_one_line_that_opens_and_each_can_be_taken_from_it() -> None:
    html = fragment("parts/alerts.html", alerts=[_alert(number, "distress", number) for number in range(1, 7)])
    assert "<details>" in html and "6 alertes" in html and html.count("<li") == 6
    assert all(f"/console/cases/{number}/claim" in html for number in range(1, 7))
    assert "<details open>" in fragment("parts/alerts.html", alerts=[_alert(1, "distress", 1)])
