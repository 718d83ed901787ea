"""Which cases a screen shows: the tab and the filters, applied alike to a fresh list and to news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query
from unidecode import unidecode

from channels.case.views import CaseRow
from channels.people.principal import Principal
from channels.services import Services
from channels.store.models import OPEN_STATES
from clock import now

MOST = 500
TABS = {"todo": "À traiter", "queued": "En attente", "mine": "Les miennes", "human": "Suivies par l'équipe",
        "callback": "À rappeler", "snoozed": "En pause", "closed": "Closes", "abandoned": "Abandonnées"}
_SERVICE_STATES = {"todo": None, "snoozed": None}
_RANKS = {"detresse": 0, "haute": 1}


@dataclass(frozen=True, slots=True)
class View:
    """A tab and filters; None means any."""

    tab: str = "todo"
    channel: str | None = None
    topic: int | None = None
    urgency: str | None = None
    public: str | None = None
    place: str | None = None
    team: str | None = None
    territory: str | None = None

    @property
    def filtered(self) -> bool:
        """True when something beside the tab narrows the list."""
        return any((self.channel, self.topic, self.urgency, self.public, self.place, self.team, self.territory))

    def query(self, **changes: object) -> str:
        """The same view as the query of an address, with some values replaced."""
        values = {**asdict(self), **changes}
        return urlencode({name: value for name, value in values.items() if value and (name, value) != ("tab", "todo")})

    def shows(self, row: CaseRow, me: Principal) -> bool:
        """True when a case belongs on this screen now."""
        wanted = ((self.channel, row.channel), (self.topic, row.topic), (self.urgency, row.urgency), (self.public, row.public),
                  (self.team, row.team), (self.territory, row.territory))
        if any(value is not None and value != found for value, found in wanted):
            return False
        if self.place and _folded(self.place) not in _folded(row.place or ""):
            return False
        return self._in_tab(row, me)

    def _in_tab(self, row: CaseRow, me: Principal) -> bool:
        mine, asleep = row.owner_id == me.account_id and row.state in OPEN_STATES, sleeps(row)
        if self.tab == "snoozed":
            return asleep
        if self.tab == "mine":
            return mine
        if self.tab == "todo":
            return (mine or row.state == "queued") and not asleep
        return row.state == self.tab and not (asleep and self.tab == "queued")


def _folded(text: str) -> str:
    return unidecode(text).lower().replace("-", " ").strip()


def sleeps(row: CaseRow) -> bool:
    """True while a case is set aside until later."""
    return row.snoozed_until is not None and row.snoozed_until > now() and row.state in OPEN_STATES


def rank(row: CaseRow) -> str:
    """Sorts as text: distress, then high urgency, then the oldest first."""
    return f"{_RANKS.get(row.urgency, 2)}{int(row.queued_at.timestamp() * 1000):015d}"


def awaits_reply(row: CaseRow) -> bool:
    """True when the person wrote last in a case that an advisor has."""
    return row.state == "human" and row.last_citizen_at is not None and (
        row.last_advisor_at is None or row.last_citizen_at > row.last_advisor_at)


async def cases_of(services: Services, me: Principal, view: View) -> Sequence[CaseRow]:
    """What the view shows, in order."""
    state = _SERVICE_STATES.get(view.tab, view.tab)
    newest_first = view.tab in {"closed", "abandoned"}
    rows = await services.cases.list(me, state=state, channel=view.channel, topic=view.topic, urgency=view.urgency,
                                     team=view.team, limit=MOST, newest=newest_first)
    shown = [row for row in rows if view.shows(row, me)]
    return sorted(shown, key=rank, reverse=newest_first)


def _view(tab: Annotated[str, Query()] = "todo", channel: str = "", topic: Annotated[str, Query(max_length=4)] = "",
          urgency: str = "", public: str = "",
          place: Annotated[str, Query(max_length=80)] = "", team: Annotated[str, Query(max_length=60)] = "",
          territory: Annotated[str, Query(max_length=3)] = "") -> View:
    number = int(topic) if topic.isdecimal() else None
    return View(tab if tab in TABS else "todo", channel or None, number, urgency or None, public or None, place.strip() or None,
                team.strip() or None, territory.strip() or None)


Viewed = Annotated[View, Depends(_view)]
