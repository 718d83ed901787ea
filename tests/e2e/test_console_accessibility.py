"""Every page of the console: axe finds nothing in light and dark, nothing runs out of 320 px, and pictures for the guide.

`PARCOURS_PICTURES=1` writes the pictures into docs/images; otherwise they go into the test's own folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from channels.delivery.outbox import Job, Sent
from channels.messages import Json
from channels.people.duty import NewShift
from channels.people.principal import Principal
from channels.store import threads
from channels.store.models import Case
from parcours.paths import ROOT
from tests.e2e.axe import axe
from tests.e2e.conftest import PageAt
from tests.e2e.console_pages import PASSWORD, Console, account, answers, citizen
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway
from tests.fixtures.html_checker import html_faults

# What people ask on that day, and what the assistant learnt from it.
QUESTIONS: dict[str, Json] = {
    "slt jve etre coiffeuse cmt faire": {"last_topic": 2, "public": "lyceen", "place": {"name": "Évreux", "code": "27229"}},
    "faut quel diplôme pour être sage-femme ?": {"last_topic": 2, "public": "etudiant"},
    "CAP pâtisserie près de Dieppe": {"last_topic": 9, "public": "collegien", "place": {"name": "Dieppe", "code": "76217"}},
    "mon fils va plus en cours, que faire ?": {"last_topic": 20, "public": "parent", "place": {"name": "Flers", "code": "61169"}},
    "mon CPF suffit pour le permis ?": {"last_topic": 22, "public": "salarie"}}


class Delivered:
    """Every SMS arrives."""

    kind = "sms"

    async def send(self, job: Job) -> Sent:
        """At once."""
        return Sent(None, "delivered")

    async def look_up(self, job: Job) -> Sent | None:
        """Nothing is ambiguous."""
        return None


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway with a day's work on it."""
    engine = ScriptedEngine(answers, learns=lambda text: QUESTIONS.get(text, {}))
    with running_gateway(tmp_path_factory.mktemp("state"), engine) as running:
        running.services.outbox.register(Delivered())
        yield running


@pytest.fixture(scope="module")
def day(gateway: Gateway) -> tuple[str, int]:
    """An administrator's address, and the number of the case to look at."""
    email = account(gateway, "Awa Diallo", "admin", "Eure")
    other = account(gateway, "Bruno Lemoine", team="Orne")
    principal, colleague = (gateway.call(gateway.services.accounts.login(who, PASSWORD)).principal for who in (email, other))
    gateway.call(_week(gateway, principal, colleague))
    for index, question in enumerate(QUESTIONS):
        citizen(gateway, f"+3361234567{index}" if index % 2 else "").asks_for_a_person(question)
    person = citizen(gateway)
    case_id = person.asks_for_a_person(next(iter(QUESTIONS)))
    gateway.call(gateway.services.cases.claim(principal, case_id))
    gateway.call(gateway.services.cases.note(principal, case_id, "Intéressée par l'apprentissage."))
    gateway.call(gateway.services.cases.reply(principal, case_id, "Bonjour, je regarde cela avec vous."))
    gateway.call(gateway.services.canned.save(
        principal, "bonjour", "Bienvenue", "Bonjour, je suis {prenom}, de l'équipe Parcours-Métiers.", shared=True))
    _call_back(gateway)
    citizen(gateway).says("j'ai envie de mourir")
    return email, case_id


async def _week(gateway: Gateway, chief: Principal, colleague: Principal) -> None:
    duty = gateway.services.duty
    await duty.set_mobile(chief, colleague.account_id, "06 39 98 00 01")
    await duty.add(chief, NewShift(colleague.account_id, "00:00", "00:00", (0, 1, 2, 3, 4)))
    await duty.add(chief, NewShift(colleague.account_id, "08:00", "20:00", (5, 6)))
    await duty.add(chief, NewShift(chief.account_id, "08:00", "18:00", (0, 2), team="Eure"))
    await gateway.services.second_factor.start(chief)


def _call_back(gateway: Gateway) -> None:
    slot = gateway.services.hours.slots(gateway.services.hours.days(1)[0])[0]
    other = citizen(gateway)
    other.asks_for_a_person()

    def book(session):  # type: ignore[no-untyped-def]
        conversation = threads.by_id(session, other.conversation, lock=True)
        gateway.services.handoff.book(session, conversation, slot, "+33231000000", None, {})

    gateway.call(gateway.services.db.write(book))


PAGES = {
    "file": "/console/", "demande": "/console/cases/{case}", "rappels": "/console/rappels", "en-direct": "/console/conversations",
    "supervision": "/console/supervision", "pas-compris": "/console/pas-compris", "journal": "/console/journal",
    "administration": "/console/administration", "equipes": "/console/administration/equipes",
    "horaires": "/console/administration/horaires", "astreinte": "/console/astreinte", "compte": "/console/compte",
    "comptes": "/console/supervision/demandes?quoi=conversations", "conversation": "/console/conversations/{talk}",
}


WIDTHS = (320, 1024, 1440)
# Pages of people who sit at a desk: one picture is enough.
NARROW_LEFT_OUT = ("equipes", "horaires", "pas-compris", "compte", "astreinte")


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def dark(request: pytest.FixtureRequest) -> bool:
    """Both schemes."""
    return bool(request.param)


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"))


def _found_at_every_width(page: Page, name: str, *, colours: bool) -> dict[str, list[str]]:
    """What is wrong with the page that is open, by width; it is loaded once, and the window made wider."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        too_wide = [] if _fits(page) else ["runs out of the screen"]
        found[f"{name} at {width}"] = [*axe(page, colours=colours), *too_wide]
    return found


def test_axe_finds_nothing_and_no_page_runs_out_of_the_screen(gateway: Gateway, day: tuple[str, int], page_at: PageAt,
                                                              dark: bool) -> None:
    email, case_id = day
    console = Console(gateway, page_at(WIDTHS[0], 800, dark))
    console.page.goto(f"{gateway.url}/console/connexion")
    found = _found_at_every_width(console.page, "connexion", colours=dark)
    console.log_in(email)
    talk = gateway.call(gateway.services.db.read(lambda session: session.get(Case, case_id).conversation_id))
    for name, path in PAGES.items():
        console.page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        console.open(path.format(case=case_id, talk=talk))
        found |= _found_at_every_width(console.page, name, colours=dark)
    assert len(found) == len(WIDTHS) * (len(PAGES) + 1)
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_every_page_is_valid_html(gateway: Gateway, day: tuple[str, int], page_at: PageAt) -> None:
    email, case_id = day
    console = Console(gateway, page_at(1280, 800))
    pages = {"connexion": console.page.request.get(f"{gateway.url}/console/connexion").text()}
    console.log_in(email)
    talk = gateway.call(gateway.services.db.read(lambda session: session.get(Case, case_id).conversation_id))
    for name, path in {**PAGES, "nulle part": "/console/nulle-part"}.items():
        answer = console.page.request.get(gateway.url + path.format(case=case_id, talk=talk), headers={"accept": "text/html"})
        pages[name] = answer.text()
    assert html_faults(pages) == []


def test_menus_and_the_list_of_shortcuts_are_accessible_too(gateway: Gateway, day: tuple[str, int], page_at: PageAt,
                                                            dark: bool) -> None:
    email, case_id = day
    console = Console(gateway, page_at(1440, 900, dark))
    console.log_in(email)
    console.open(f"/console/cases/{case_id}")
    expect(console.page.locator("#live")).to_have_attribute("data-open", "1")
    console.page.get_by_text("Transmettre", exact=True).first.click()
    found = {"transfer": axe(console.page)}
    console.page.keyboard.press("Escape")
    console.page.locator("#sheet-menu summary").click()
    expect(console.page.locator("#found p").first).to_be_visible()
    found["sheets"] = axe(console.page)
    console.page.keyboard.press("Escape")
    console.page.get_by_role("button", name="Raccourcis").click()
    found["shortcuts"] = axe(console.page)
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_a_note_is_sent_by_ctrl_enter(gateway: Gateway, day: tuple[str, int], page_at: PageAt) -> None:
    email, case_id = day
    console = Console(gateway, page_at(1280, 800))
    console.log_in(email)
    console.open(f"/console/cases/{case_id}")
    console.page.get_by_label("Ajouter une note").fill("Rappeler la mission locale.")
    console.page.keyboard.press("Control+Enter")
    expect(console.page.locator(".notes")).to_contain_text("Rappeler la mission locale.")


def test_at_400_percent_a_case_can_still_be_answered(gateway: Gateway, day: tuple[str, int], page_at: PageAt) -> None:
    email, case_id = day
    console = Console(gateway, page_at(320, 256))
    console.log_in(email)
    console.open(f"/console/cases/{case_id}")
    console.box.fill("Agrandi quatre fois.")
    console.page.get_by_role("button", name="Envoyer").click()
    expect(console.messages.filter(has_text="Agrandi quatre fois.")).to_have_count(1)
    assert _fits(console.page)


def test_without_script_the_essential_still_works(gateway: Gateway, day: tuple[str, int], page_at: PageAt) -> None:
    email, _ = day
    person = citizen(gateway)
    case_id = person.asks_for_a_person()
    console = Console(gateway, page_at(1280, 800, java_script_enabled=False))
    console.log_in(email)
    console.row(case_id).get_by_role("button", name="Prendre").click()
    console.box.fill("Sans script.")
    console.page.get_by_role("button", name="Envoyer").click()
    expect(console.messages.filter(has_text="Sans script.")).to_have_count(1)
    assert "Sans script." in person.reads()


def test_pictures_for_the_guide(gateway: Gateway, day: tuple[str, int], page_at: PageAt, tmp_path: Path) -> None:
    folder = ROOT / "docs" / "images" if os.environ.get("PARCOURS_PICTURES") else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    email, case_id = day
    console = Console(gateway, page_at(1280, 800))
    console.log_in(email)
    for width, height, mark in ((1280, 800, ""), (820, 1100, "-tablette"), (390, 844, "-telephone")):
        console.page.set_viewport_size({"width": width, "height": height})
        for name in ("file", "demande", "rappels", "supervision", "equipes", "horaires", "pas-compris", "astreinte",
                     "compte"):
            if mark and name in NARROW_LEFT_OUT:
                continue
            console.open(PAGES[name].format(case=case_id))
            console.page.wait_for_function("() => !document.querySelector('#live:not([data-open])')")
            console.page.screenshot(path=folder / f"console-{name}{mark}.png")
            assert (folder / f"console-{name}{mark}.png").stat().st_size > 10_000
