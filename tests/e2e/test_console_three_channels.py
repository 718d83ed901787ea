"""One day at the desk: citizens by chat, SMS and telephone, two advisors and a supervisor, every move a case can make.

After each step every open screen holds what a fresh load of it would show, and both hold what the database says:
state plus events equals a fresh load.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from channels.console.views import View
from channels.messages import Incoming
from channels.principal import Principal
from channels.store.models import Account, Case
from tests.e2e.conftest import PageAt
from tests.e2e.console_pages import Console, account, answers, citizen
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway

PEOPLE = {"Awa Diallo": "conseiller", "Bruno Lemoine": "conseiller", "Claire Petit": "superviseur"}
TABS = ("todo", "queued", "human")


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway of its own: nobody else's cases are on the screens."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(answers)) as running:
        yield running


class Desk:
    """Three people, each with a screen open on another list."""

    def __init__(self, gateway: Gateway, page_at: PageAt) -> None:
        self.gateway = gateway
        self.screens: dict[str, Console] = {}
        for (name, role), tab in zip(PEOPLE.items(), TABS, strict=True):
            console = Console(gateway, page_at(1280, 800))
            console.log_in(account(gateway, name, role))
            console.open(f"/console/?tab={tab}")
            expect(console.page.locator("#live")).to_have_attribute("data-open", "1")
            self.screens[name.split()[0]] = console

    def principal(self, first_name: str) -> Principal:
        """Who sits there."""
        def work(session):  # type: ignore[no-untyped-def]
            row = next(row for row in session.query(Account) if row.name.startswith(first_name))
            return Principal(row.id, row.name, row.role, row.team)

        return self.gateway.call(self.gateway.services.db.read(work))

    def agree(self) -> None:
        """Every screen, a fresh load of it, and the database tell the same cases in the same words."""
        for (name, console), tab in zip(self.screens.items(), TABS, strict=True):
            fresh = self._fresh(console.page, tab)
            with suppress(TimeoutError):  # what differs is shown by the next line
                console.page.wait_for_function(f"wanted => JSON.stringify({_READ}) === JSON.stringify(wanted)", arg=fresh)
            assert _rows(console.page) == fresh, name
            assert {int(row[0].removeprefix("case-")) for row in fresh} == self._stored(name, tab)

    def _fresh(self, page: Page, tab: str) -> list[tuple[str, str]]:
        html = page.request.get(f"{self.gateway.url}/console/file?tab={tab}").text()
        return [tuple(row) for row in page.evaluate("html => { const holder = document.createElement('template');"
                f"holder.innerHTML = html; return {_READ.replace('document', 'holder.content')}; }}", html)]

    def _stored(self, name: str, tab: str) -> set[int]:
        me = self.principal(name)
        rows = self.gateway.call(self.gateway.services.cases.list(me))
        return {row.id for row in rows if View(tab).shows(row, me)}


_READ = ("[...document.querySelectorAll('#cases > li')].map(row => [row.id, [...row.children].filter(part => !part.matches('.w'))"
         ".map(part => part.textContent.replace(/\\s+/g, ' ').trim()).join(' | ')])")


def _rows(page: Page) -> list[tuple[str, str]]:
    return [tuple(row) for row in page.evaluate(f"() => {_READ}")]


def _phone(gateway: Gateway) -> int:
    """A caller who asks for an advisor; gives the case's number."""
    said = Incoming("phone", "je veux parler à un conseiller", sender="+33612345699", provider_id=uuid.uuid4().hex)
    conversation = gateway.call(gateway.services.relay.receive(said)).conversation_id
    case_id = gateway.call(gateway.services.cases.find_by_conversation(conversation))
    assert case_id is not None
    return case_id


def _history(gateway: Gateway, who: Principal, case_id: int) -> list[str]:
    return [event.kind for event in gateway.call(gateway.services.cases.get(who, case_id)).events]


def test_the_life_of_cases_on_three_channels_with_every_screen_true_at_each_step(gateway: Gateway, page_at: PageAt) -> None:
    desk = Desk(gateway, page_at)
    awa, bruno, claire = desk.screens["Awa"], desk.screens["Bruno"], desk.screens["Claire"]
    web, texter = citizen(gateway), citizen(gateway, "+33612345678")
    by_chat, by_sms, by_phone = web.asks_for_a_person(), texter.asks_for_a_person(), _phone(gateway)
    desk.agree()

    # A race for the chat: both press at once, one has it, the other reads who.
    for console in (awa, bruno):
        console.page.evaluate("id => window.claimed = fetch(`/console/cases/${id}/claim`, { method: 'POST', headers: "
                              "{ 'x-csrf-token': document.body.dataset.csrf } }).then(answer => answer.status)", by_chat)
    answers_ = sorted(console.page.evaluate("window.claimed") for console in (awa, bruno))
    assert answers_ == [200, 409]
    desk.agree()
    owner = gateway.call(gateway.services.cases.get(desk.principal("Claire"), by_chat)).row.owner or ""
    holder, other = ("Awa", "Bruno") if owner.startswith("Awa") else ("Bruno", "Awa")

    # Answer, transfer to the colleague, who gives it back to the assistant with a word.
    services, me, colleague = gateway.services, desk.principal(holder), desk.principal(other)
    gateway.call(services.cases.reply(me, by_chat, "Bonjour, je vous passe un collègue."))
    gateway.call(services.cases.transfer(me, by_chat, colleague.account_id))
    desk.agree()
    assert gateway.call(services.cases.get(me, by_chat)).row.owner == colleague.name
    gateway.call(services.cases.return_to_bot(colleague, by_chat))
    desk.agree()
    web.says("et après ?")
    assert web.reads()[-1] == "Vous avez dit : et après ?", "the assistant answers again"

    # The SMS: taken, set aside, back when the person writes, closed, reopened to the same advisor by a new message.
    gateway.call(services.cases.claim(me, by_sms))
    desk.agree()
    texter.says("je suis là")
    desk.agree()
    gateway.call(services.cases.close(me, by_sms, "informe", "formation trouvée"))
    desk.agree()
    gateway.call(services.accounts.present(me))
    texter.says("encore une question")
    desk.agree()
    reopened = gateway.call(services.cases.get(me, by_sms)).row
    assert (reopened.state, reopened.owner) == ("human", me.name)

    # The telephone: a promised call, made.
    slot = services.hours.slots(services.hours.days(1)[0])[0]
    awa.open(f"/console/cases/{by_phone}")
    expect(awa.page.locator("#live")).to_have_attribute("data-open", "1")
    awa.page.keyboard.press("d")
    awa.page.locator("select[name=starts_at]").select_option(slot.starts_at.isoformat())
    awa.page.get_by_role("button", name="Prévoir et prévenir").click()
    expect(awa.banner).to_contain_text("Rappel prévu")
    awa.open("/console/?tab=todo")
    desk.agree()
    awa.open("/console/rappels")
    week = re.search(r"\d{4}-\d{2}-\d{2}", slot.starts_at.isoformat())
    assert week is not None
    awa.open(f"/console/rappels?semaine={week[0]}")
    awa.page.get_by_role("button", name=re.compile(rf"^Fait.*n° {by_phone}$")).click()
    expect(awa.banner).to_contain_text("comme fait")
    awa.open("/console/?tab=todo")
    desk.agree()

    # What happened is written down, and what the supervisor reads is what the database holds.
    who = desk.principal("Claire")
    assert _history(gateway, who, by_chat) == ["queued", "claimed", "reply", "transferred", "returned"]
    assert _history(gateway, who, by_sms) == ["queued", "claimed", "closed", "reopened"]
    assert _history(gateway, who, by_phone) == ["queued", "callback_planned", "callback_done", "closed"]
    claire.open("/console/supervision")
    states = gateway.call(services.db.read(lambda session: [str(row.state) for row in session.query(Case)]))
    expect(claire.page.locator("dl.now div").first).to_contain_text(str(states.count("queued")))
    expect(claire.page.locator("section.figure", has_text="Demandes par thème").locator(".v a").first).to_be_visible()
