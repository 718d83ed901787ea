"""A page's form is filled with what was sent, and with nothing that should not come back."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html

from channels.console.errors_page import is_page
from channels.console.held import filled, page_of
from channels.console.routes import router

PAGE = """<!doctype html><html lang="fr"><head><title>x</title></head><body><details><summary>Un</summary>
<form method="post" action="/a" id="f"><input type="hidden" name="csrf" value="neuf"><input type="hidden" name="id" value="1">
<input name="name" value="avant"><input type="password" name="secret"><input name="code" autocomplete="one-time-code">
<input type="checkbox" name="day" value="0" checked><input type="checkbox" name="day" value="1">
<select name="team"><option value="">Choisir</option><option selected>Eure</option><option>Manche</option></select></form>
</details><textarea form="f" name="text">avant</textarea>
<form method="post" action="/a"><input type="hidden" name="id" value="2"><input name="name" value="autre"></form></body></html>"""


def test_each_kind_of_field_gets_what_was_sent_and_secrets_get_nothing() -> None:
    typed = {"csrf": ["vieux"], "id": ["1"], "name": ['"<b>'], "secret": ["x"], "code": ["123456"], "day": ["1"],
             "team": ["Manche"], "text": ["deux\nlignes </textarea>"]}
    page = filled(PAGE, "/a", typed, "/console/x?y=1") or ""
    names = [form.fields["name"] for form in html.fromstring(page).forms]
    assert "<details open>" in page and names == ['"<b>', "autre"]
    assert "deux\nlignes &lt;/textarea&gt;</textarea>" in page and 'value="neuf"' in page
    assert "vieux" not in page and "123456" not in page and 'value="x"' not in page
    assert 'value="0">' in page and 'value="1" checked>' in page and "<option selected>Manche" in page
    assert page.count(" selected") == 1 and page.count('name="page" value="/console/x?y=1"') == 2


def test_a_page_without_that_form_holds_nothing() -> None:
    assert filled(PAGE, "/b", {"name": ["x"]}) is None
    assert filled('<form method="post" action="/b"><input type="hidden" name="csrf"></form>', "/b", {}) is None


@pytest.mark.parametrize(("referer", "sent", "page"), [
    ("https://x.fr/console/compte", "", "/console/compte"), ("https://x.fr/console/?tab=mine", "", "/console/?tab=mine"),
    ("https://x.fr/console/comptes/1", "/console/administration", "/console/administration"),
    ("https://x.fr/fiches", "", ""), ("", "", ""), ("http://[::1", "", ""), ("", "//autre.fr/a", "")])
def test_where_a_form_stood(referer: str, sent: str, page: str) -> None:
    request: Any = SimpleNamespace(headers={"referer": referer})
    assert page_of(request, {"page": [sent]} if sent else {}) == page


@pytest.mark.parametrize(("address", "page"), [
    ("/console/compte", True), ("/console/cases/12?repondre=1", True), ("/console/live", False),
    ("/console/rappels/semaine.ics", False), ("/console/alertes/a/vue", False)])
def test_streams_and_files_are_no_pages(address: str, page: bool) -> None:
    assert router is not None and is_page(address) is page
