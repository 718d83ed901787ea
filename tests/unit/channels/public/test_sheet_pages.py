"""What a sheet's page says about dates, where its links lead, and its calendar file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
import time_machine

from channels.errors import NotFound
from channels.privacy.register import in_french
from channels.public.calendar import calendar_of
from channels.public.sheets import Paragraphs, past_notice, sections_of
from channels.web.pages import templates
from channels.web.sheet_links import links_of
from knowledge_base.kinds import LABELS
from knowledge_base.schema_kinds import EvenementData, StructureData
from knowledge_base.sheet import Sheet

TODAY = date(2026, 11, 24)


def event(**data: Any) -> Sheet:
    """An event's sheet."""
    return Sheet(kind="evenement", id="salon", title="Salon d’essai", summary="Une journée.", data=EvenementData(**data))


def structure(**data: Any) -> Sheet:
    """A place's sheet."""
    return Sheet(kind="structure", id="lieu", title="Lieu", summary="Un lieu.", data=StructureData(type="agence", **data))


def test_a_past_event_says_that_it_is_past_and_where_to_look_next() -> None:
    sheet = event(starts_on=date(2020, 2, 6), ends_on=date(2020, 2, 8), next="La prochaine est annoncée par l’agence.")
    notice = past_notice(sheet, TODAY)
    assert notice is not None and "passé" in notice and "8 février 2020" in notice and "annoncée par l’agence" in notice


@pytest.mark.parametrize("data", [{"starts_on": TODAY}, {"starts_on": date(2026, 11, 1), "ends_on": TODAY}, {}])
def test_an_event_that_is_not_over_says_nothing(data: dict[str, date]) -> None:
    assert past_notice(event(**data), TODAY) is None


def test_information_that_has_expired_says_so() -> None:
    sheet = structure().model_copy(update={"valid_until": date(2026, 8, 31)})
    assert "31 août 2026" in (past_notice(sheet, TODAY) or "")


def test_an_event_to_come_can_be_put_in_a_calendar_and_a_past_one_cannot() -> None:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC)):
        assert links_of(event(starts_on=date(2026, 12, 1))) == {"calendar_url": "/fiches/evenement/salon.ics"}
        assert links_of(event(starts_on=date(2026, 11, 23))) == {}


def test_a_place_is_shown_on_a_map_by_its_coordinates_or_its_address() -> None:
    assert "mlat=49.1" in links_of(structure(lat=49.1, lon=0.2))["map_url"]
    found = links_of(structure(address="1 rue d'Essai", postcode="27000", commune_name="Évreux"))["map_url"]
    assert found.endswith("query=1+rue+d%27Essai%2C+27000+%C3%89vreux")
    assert links_of(structure()) == {}


def test_a_place_of_which_only_the_town_is_known_is_shown_by_its_town_and_says_so() -> None:
    town = links_of(structure(commune_name="Vernon"))
    assert town == {"map_url": "https://www.openstreetmap.org/search?query=Vernon%2C+Normandie", "map_of": "commune"}


def test_the_calendar_file_holds_whole_days_and_invents_no_hour() -> None:
    sheet = event(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 3), place="Rouen")
    calendar = icalendar.Calendar.from_ical(calendar_of(sheet, "https://exemple.fr", datetime(2026, 11, 24, tzinfo=UTC)))
    (found,) = calendar.walk("VEVENT")
    assert found["dtstart"].dt == date(2026, 12, 1) and found["dtend"].dt == date(2026, 12, 4)
    assert found["location"] == "Rouen" and found["url"] == "https://exemple.fr/fiches/evenement/salon"


def test_an_event_without_a_date_has_no_calendar_file() -> None:
    with pytest.raises(NotFound):
        calendar_of(event(), "https://exemple.fr", datetime(2026, 11, 24, tzinfo=UTC))


def test_each_numbered_step_is_a_paragraph() -> None:
    sheet = structure(hours="1. Appelez. 2. Venez.")
    assert [section.lines for section in sections_of(sheet)] == [["1. Appelez.", "2. Venez."]]


def test_each_line_of_a_section_is_a_paragraph() -> None:
    sheet = structure(hours="Lundi\n\nMardi")
    assert [section.lines for section in sections_of(sheet)] == [["Lundi", "Mardi"]]


@pytest.mark.parametrize(("days", "said"), [(1, "1 jour"), (90, "90 jours"), (365, "1 an"), (1095, "3 ans"), (400, "400 jours")])
def test_a_period_is_said_in_french(days: int, said: str) -> None:
    assert in_french(days) == said


def test_script_in_any_field_of_a_sheet_is_only_text() -> None:
    evil = "<script>alert(1)</script>"
    link = {"label": evil, "url": "https://exemple.fr/?q=\"onclick=alert(1)"}
    fields = {"title": evil, "summary": evil, "rome": [evil], "links": [link]}
    sheet = event(place=evil, next=evil).model_copy(update=fields)
    page = templates().get_template("sheet.html").render(
        title=evil, path="/", helpline=None, kinds=LABELS, sheet=sheet, past=evil, links={}, places=None, related=[],
        sections=[Paragraphs(evil, [evil])])
    assert "<script" not in page and 'onclick=alert' not in page.replace("&#34;onclick", "")
