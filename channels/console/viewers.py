"""Who looks at a case right now, and who is writing in it: kept in memory, told to the others at once."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from channels.conversation.fanout import Fanout, News, case_topic
from channels.people.principal import Principal
from clock import now

_WRITES_FOR = 6.0  # seconds after the last key


@dataclass
class _Open:
    who: Principal
    wrote_at: float = 0.0


@dataclass
class Viewers:
    """One per process; losing it loses a hint, never data."""

    fanout: Fanout
    _open: dict[int, dict[int, _Open]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @contextmanager
    def looking(self, case_id: int, who: Principal) -> Iterator[None]:
        """As long as a page is open."""
        number = next(self._numbers)
        self._open.setdefault(case_id, {})[number] = _Open(who)
        self._tell(case_id)
        try:
            yield
        finally:
            self._open[case_id].pop(number, None)
            if not self._open[case_id]:
                del self._open[case_id]
            self._tell(case_id)

    def writing(self, case_id: int, who: Principal) -> None:
        """A key was pressed in the reply box."""
        for page in self._open.get(case_id, {}).values():
            if page.who.account_id == who.account_id:
                page.wrote_at = now().timestamp()
        self._tell(case_id)

    def others(self, case_id: int, me: Principal) -> str:
        """« Bruno regarde aussi cette demande. », « Bruno écrit… »; empty when nobody else is there."""
        pages = sorted(self._open.get(case_id, {}).values(), key=lambda page: page.wrote_at)
        there = {page.who.account_id: page for page in pages if page.who.account_id != me.account_id}
        instant = now().timestamp()
        writers = [page.who.name for page in there.values() if instant - page.wrote_at < _WRITES_FOR]
        readers = [page.who.name for page in there.values() if page.who.name not in writers]
        said = [f"{_together(writers)} {'écrivent' if len(writers) > 1 else 'écrit'} dans cette demande."] if writers else []
        if readers:
            said.append(f"{_together(readers)} {'regardent' if len(readers) > 1 else 'regarde'} aussi cette demande.")
        return " ".join(said)

    def _tell(self, case_id: int) -> None:
        self.fanout.notify([News(case_topic(case_id), "viewers", str(case_id))])


def _together(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


def viewers_of(app: Any) -> Viewers:
    """The viewers of this application, made at first use."""
    if getattr(app.state, "viewers", None) is None:
        app.state.viewers = Viewers(app.state.services.fanout)
    found: Viewers = app.state.viewers
    return found
