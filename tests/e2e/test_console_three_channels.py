"""One day at the desk: citizens by chat, SMS and telephone, two advisors and a supervisor, every move a case can make.

After each step every open screen holds what a fresh load of it would show, and both hold what the database says:
state plus events equals a fresh load.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from channels.case.views import CaseRow
from channels.console.views import View
from channels.hours.week import Slot
from channels.messages import Incoming
from channels.people.principal import Principal
from channels.store.models import Account, Case
from tests.e2e.conftest import PageAt, pages_of
from tests.e2e.console_pages import Console, account, answers, citizen
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway

PEOPLE = {"Awa Diallo": "conseiller", "Bruno Lemoine": "conseiller", "Claire Petit": "superviseur"}
TABS = ("todo", "queued", "human")
_AGREED_WITHIN = 30  # seconds, on a machine that does much else
_READ = ("[...document.querySelectorAll('#cases > li')].map(row => [row.id, [...row.children].filter(part => !part.matches('.w'))"
         ".map(part => part.textContent.replace(/\\s+/g, ' ').trim()).join(' | ')])")
_CLAIM = ("id => { window.claimed = fetch(`/console/cases/${id}/claim`, { method: 'POST', headers: "
          "{ 'x-csrf-token': document.body.dataset.csrf } }).then(answer => answer.status); }")


class Desk:
    """Three people, each with a screen open on another list."""

    def __init__(self, gateway: Gateway, page_at: PageAt) -> None:
        self.gateway = gateway
        self.screens: dict[str, Console] = {}
        for name, role in PEOPLE.items():
            console = Console(gateway, page_at(1280, 800))
            console.log_in(account(gateway, name, role))
            self.screens[name.split()[0]] = console
            self.look(name.split()[0])

    def look(self, first_name: str) -> Console:
        """Puts that person in front of their own list, listening."""
        console = self.screens[first_name]
        console.open(f"/console/?tab={TABS[list(self.screens).index(first_name)]}")
        expect(console.page.locator("#live")).to_have_attribute("data-open", "1")
        return console

    def principal(self, first_name: str) -> Principal:
        """Who sits there."""
        def work(session):  # type: ignore[no-untyped-def]
            row = next(row for row in session.query(Account) if row.name.startswith(first_name))
            return Principal(row.id, row.name, row.role, row.team)

        return self.gateway.call(self.gateway.services.db.read(work))

    def row(self, case_id: int) -> CaseRow:
        """The case as the database has it."""
        return self.gateway.call(self.gateway.services.cases.get(self.principal("Claire"), case_id)).row

    def history(self, case_id: int) -> list[str]:
        """What happened to it."""
        found = self.gateway.call(self.gateway.services.cases.get(self.principal("Claire"), case_id))
        return [event.kind for event in found.events]

    def agree(self) -> None:
        """Every screen, a fresh load of it, and the database tell the same cases in the same words."""
        for (name, console), tab in zip(self.screens.items(), TABS, strict=True):
            fresh = self._agreed(console.page, tab)
            assert {int(row[0].removeprefix("case-")) for row in fresh} == self._stored(name, tab)

    def _agreed(self, page: Page, tab: str) -> list[list[str]]:
        deadline = time.monotonic() + _AGREED_WITHIN
        while (fresh := self._fresh(page, tab)) != (shown := page.evaluate(f"() => {_READ}")) and time.monotonic() < deadline:
            page.wait_for_timeout(50)
        assert shown == fresh
        return fresh

    def _fresh(self, page: Page, tab: str) -> list[list[str]]:
        html = page.request.get(f"{self.gateway.url}/console/file?tab={tab}").text()
        rows: list[list[str]] = page.evaluate(
            "html => { const holder = document.createElement('template');"
            f"holder.innerHTML = html; return {_READ.replace('document', 'holder.content')}; }}", html)
        return rows

    def _stored(self, name: str, tab: str) -> set[int]:
        me = self.principal(name)
        rows = self.gateway.call(self.gateway.services.cases.list(me))
        return {row.id for row in rows if View(tab).shows(row, me)}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Desk]:
    """A gateway of its own, so that nobody else's cases are on the screens, and the people at it for the whole day."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(answers)) as gateway, pages_of(browser) as open_page:
        yield Desk(gateway, open_page)


def _phone(gateway: Gateway) -> int:
    """A caller who asks for an advisor; gives the case's number."""
    said = Incoming("phone", "je veux parler à un conseiller", sender="+33612345699", provider_id=uuid.uuid4().hex)
    conversation = gateway.call(gateway.services.relay.receive(said)).conversation_id
    case_id = gateway.call(gateway.services.cases.find_by_conversation(conversation))
    assert case_id is not None
    return case_id


def _race(desk: Desk, case_id: int) -> tuple[str, str]:
    """Awa and Bruno press at the same moment; gives who has the case, and who not."""
    rivals = [desk.screens[name].page for name in ("Awa", "Bruno")]
    for page in rivals:
        page.evaluate(_CLAIM, case_id)
    assert sorted(page.evaluate("window.claimed") for page in rivals) == [200, 409]
    return ("Awa", "Bruno") if (desk.row(case_id).owner or "").startswith("Awa") else ("Bruno", "Awa")


def test_a_chat_that_two_want_goes_to_one_then_to_the_colleague_then_back_to_the_assistant(desk: Desk) -> None:
    person, services, call = citizen(desk.gateway), desk.gateway.services, desk.gateway.call
    case_id = person.asks_for_a_person()
    desk.agree()
    holder, other = (desk.principal(name) for name in _race(desk, case_id))
    desk.agree()
    call(services.cases.reply(holder, case_id, "Bonjour, je vous passe un collègue."))
    call(services.cases.transfer(holder, case_id, other.account_id))
    desk.agree()
    assert desk.row(case_id).owner == other.name
    call(services.cases.return_to_bot(other, case_id))
    desk.agree()
    person.says("et après ?")
    assert person.reads()[-1] == "Vous avez dit : et après ?", "the assistant answers again"
    assert desk.history(case_id) == ["queued", "claimed", "reply", "transferred", "returned"]


def test_an_sms_case_that_is_closed_is_opened_again_to_the_same_advisor_by_a_new_message(desk: Desk) -> None:
    person, services, call = citizen(desk.gateway, "+33612345678"), desk.gateway.services, desk.gateway.call
    case_id, awa = person.asks_for_a_person(), desk.principal("Awa")
    call(services.cases.claim(awa, case_id))
    desk.agree()
    person.says("je suis là")
    desk.agree()
    call(services.cases.close(awa, case_id, "informe", "formation trouvée"))
    desk.agree()
    call(services.accounts.present(awa))
    person.says("encore une question")
    desk.agree()
    assert (desk.row(case_id).state, desk.row(case_id).owner) == ("human", awa.name)
    assert desk.history(case_id) == ["queued", "claimed", "closed", "reopened"]


def _promise(desk: Desk, case_id: int, slot: Slot) -> None:
    awa = desk.screens["Awa"]
    awa.open(f"/console/cases/{case_id}")
    expect(awa.page.locator("#live")).to_have_attribute("data-open", "1")
    awa.page.keyboard.press("d")
    awa.page.locator("select[name=starts_at]").select_option(slot.starts_at.isoformat())
    awa.page.get_by_role("button", name="Prévoir et prévenir").click()
    expect(awa.banner).to_contain_text("Rappel prévu")


def test_a_caller_is_promised_a_call_and_gets_it(desk: Desk) -> None:
    case_id = _phone(desk.gateway)
    desk.agree()
    hours = desk.gateway.services.hours
    slot = hours.slots(hours.days(1)[0])[0]
    _promise(desk, case_id, slot)
    desk.look("Awa")
    desk.agree()
    awa = desk.screens["Awa"]
    awa.open(f"/console/rappels?semaine={slot.starts_at.date().isoformat()}")
    awa.page.get_by_role("button", name=re.compile(rf"^Fait.*n° {case_id}$")).click()
    expect(awa.banner).to_contain_text("comme fait")
    desk.look("Awa")
    desk.agree()
    assert desk.history(case_id) == ["queued", "callback_planned", "callback_done", "closed"]


def test_what_the_supervisor_reads_is_what_the_database_holds(desk: Desk) -> None:
    citizen(desk.gateway).asks_for_a_person()
    claire, db = desk.screens["Claire"], desk.gateway.services.db
    claire.open("/console/supervision")
    states = desk.gateway.call(db.read(lambda session: [str(row.state) for row in session.query(Case)]))
    expect(claire.page.locator("dl.now div").first).to_contain_text(str(states.count("queued")))
    expect(claire.page.locator("section.figure", has_text="Demandes par thème").locator(".v a").first).to_be_visible()
    desk.look("Claire")
    desk.agree()
