"""What changes on an open page, pushed as rendered HTML: rows of the queue, messages of the case, who else is there.

`upsert` replaces the element with the same id or puts it in its place in the list `data-into`; `gone` takes one away; `refresh`
names a part to fetch again. A page says up to where it knows the news (`depuis`: the mark of its drawing, later of the last
beat): what it missed is told first, or `stale` when nobody knows any more: then it fetches all its parts. Nothing is missed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from channels.case.reading import counts_for, open_cases
from channels.case.reminding import DUE
from channels.case.service import GIVEN
from channels.case.views import CaseRow
from channels.console.access import AnyServices
from channels.console.api.events import HEADERS, sse
from channels.console.errors_page import PageRoute
from channels.console.labels import CALLBACK_KINDS, topic
from channels.console.lines import line
from channels.console.pages import macro
from channels.console.queue import shown_counts
from channels.console.reading import message_of_delivery, one_message, planned_call, rows_by_id
from channels.console.session import Me
from channels.console.shared_reads import SharedReads, shared_reads_of
from channels.console.still_in import StillIn
from channels.console.times import clock
from channels.console.viewers import Viewers, viewers_of
from channels.console.views import View, Viewed
from channels.conversation.fanout import ALERT_TOPIC, QUEUE_TOPIC, News, Subscription, case_topic, conversation_topic
from channels.people.principal import Principal
from channels.services import Services
from clock import now

router = APIRouter(prefix="/console", include_in_schema=False, route_class=PageRoute)
HEARTBEAT_SECONDS = 15.0
_GATHER_SECONDS = 0.01  # one change makes several news: they are taken together
_PRESENT_EVERY = 45.0
_NEW_FOR = 30.0
_MOST_MISSED = 100  # news


@router.get("/live")
async def live(request: Request, services: AnyServices, login: Me, view: Viewed, case: int | None = None,
               compact: Annotated[bool, Query()] = False,
               mark: Annotated[str, Query(alias="depuis", max_length=40)] = "") -> StreamingResponse:
    """The stream of one open page."""
    me = login.principal
    me.need(me.sees_cases)
    rows = await services.db.read(lambda session: rows_by_id(session, me, [case] if case else []))
    await services.audit.look(me, "case_seen" if rows else "cases_seen", "case", str(case) if rows else "list")
    still_in = StillIn(lambda: principal_of(services, login.token))
    page = LivePage(services, viewers_of(request.app), shared_reads_of(request.app), me, view, still_in,
                    rows[0] if rows else None, compact, mark)
    return StreamingResponse(page.events(), media_type="text/event-stream", headers=HEADERS)


async def principal_of(services: Services, token: str) -> Principal:
    """Who has this session now.

    Raises:
        Unauthorized: nobody any more.
    """
    return (await services.sessions.of_token(token)).principal


@dataclass
class LivePage:
    """One page that somebody has open."""

    services: Services
    viewers: Viewers
    reads: SharedReads
    me: Principal
    view: View
    still_in: StillIn
    case: CaseRow | None = None
    compact: bool = False
    mark: str = ""
    _shown: set[int] = field(default_factory=set)
    _present_at: float = 0.0

    async def events(self) -> AsyncIterator[str]:
        """Subscribed before it looks for what the page missed, so that nothing falls between the two."""
        topics = [QUEUE_TOPIC, ALERT_TOPIC]
        if self.case is None:
            async for event in self._listen(topics):
                yield event
            return
        topics += [case_topic(self.case.id), conversation_topic(self.case.conversation_id)]
        with self.viewers.looking(self.case.id, self.me):
            async for event in self._listen(topics):
                yield event

    async def _listen(self, topics: Sequence[str]) -> AsyncIterator[str]:
        fanout = self.services.fanout
        async with fanout.subscribe(*topics) as news:
            missed = self._missed(topics)
            yield sse("ready", {"mark": fanout.mark()}) + (await self._stale() if missed is None else "")
            if self.case:
                yield self._viewers()
            if missed:
                yield await self._said(missed, asyncio.get_running_loop().time())
            while True:
                await self._be_present()
                batch, heard_at = await _batch(news)
                if not await self.still_in():
                    return
                yield await self._said(batch, heard_at) if batch else sse("beat", {"mark": fanout.mark()})
                if news.lost_some():
                    yield await self._stale()

    def _missed(self, topics: Sequence[str]) -> list[News] | None:
        """What happened since the page's mark; None when nobody knows, or so much that the parts are sooner fetched again."""
        found = self.services.fanout.since(self.mark, topics) if self.mark else []
        if found is None or len(found) > _MOST_MISSED:
            return None
        return [item for item in dict.fromkeys(found) if item.kind != "typing"]  # whoever wrote then has stopped

    async def _stale(self) -> str:
        """The page fetches all its parts again; the counts of the tabs belong to none of them."""
        return sse("stale", {}) + await self._counts(asyncio.get_running_loop().time())

    async def _said(self, batch: Sequence[News], heard_at: float) -> str:
        return "".join([event async for event in self._told(batch, heard_at)]) or ":\n\n"

    async def _be_present(self) -> None:
        instant = now().timestamp()
        if instant - self._present_at > _PRESENT_EVERY:
            self._present_at = instant
            await self.services.accounts.present(self.me)

    async def _told(self, batch: Sequence[News], heard_at: float) -> AsyncIterator[str]:
        for item in batch:
            if item.topic.startswith("conversation:"):
                yield await self._of_conversation(item)
            elif item.kind == DUE:
                yield await self._due(int(item.id))
        for event in self._of_case({item.kind for item in batch if item.topic not in {QUEUE_TOPIC, ALERT_TOPIC}}):
            yield event
        if any(item.topic == ALERT_TOPIC for item in batch):
            yield sse("refresh", "alerts")
        yield await self._of_queue([item for item in batch if item.topic == QUEUE_TOPIC], heard_at)

    async def _of_conversation(self, item: News) -> str:
        if item.kind in {"message", "delivery"}:
            return await self._message(item)
        if item.kind == "typing":
            return sse("typing", {"citizen": item.id == "citizen"})
        return sse("seen", {"seq": item.seq}) if item.kind == "seen" and item.id == "citizen" else ""

    def _of_case(self, kinds: Set[str]) -> Iterator[str]:
        if "erased" in kinds:
            yield sse("erased", {})
        if "viewers" in kinds:
            yield self._viewers()
        if not kinds.isdisjoint({"case", "mode"}):
            yield sse("refresh", "case")
        elif "message" in kinds:  # what was said changes the summary
            yield sse("refresh", "person")
        if "transcript" in kinds:
            yield sse("refresh", "call")

    async def _of_queue(self, batch: Sequence[News], heard_at: float) -> str:
        if any(not item.id for item in batch):  # an erasure: which rows are gone is not told
            return sse("refresh", "list") + await self._counts(heard_at)
        changed = sorted({int(item.id) for item in batch})
        spoken = {int(item.id) for item in batch if item.kind == "message"}
        given = {int(item.id) for item in batch if item.kind == GIVEN}
        return await self._rows(changed, spoken, given, heard_at) if changed else ""

    async def _message(self, item: News) -> str:
        def work(session):  # type: ignore[no-untyped-def]
            message_id = message_of_delivery(session, int(item.id)) if item.kind == "delivery" else item.id
            return one_message(session, message_id) if message_id else None

        found = await self.services.db.read(work)
        if found is None or self.case is None:
            return ""
        shown = line(found.view, found.names, found.deliveries, self.case.channel, found.seen)
        return sse("upsert", macro("parts/message.html", "message", shown))

    async def _due(self, case_id: int) -> str:
        """A promised call is about to begin: told to whoever keeps it, or to all when nobody does."""
        call = await self.services.db.read(lambda session: planned_call(session, case_id))
        if call is None or call.account_id not in {None, self.me.account_id}:
            return ""
        text = f"{CALLBACK_KINDS[call.kind]} à {clock(call.starts_at)}, demande n° {case_id}"
        return sse("due", {"case": case_id, "text": text})

    async def _rows(self, case_ids: Sequence[int], spoken: Collection[int], given: Collection[int], heard_at: float) -> str:
        """Rows again. `spoken`: their person has just written; `given`: a colleague handed them on. Said to whom it concerns."""
        found = [await self._read(case_id, heard_at) for case_id in case_ids]
        rows = [row for row in found if row is not None]
        events = [self._row(row) for row in rows]
        events += [sse("waiting", {"id": row.id}) for row in rows if row.id in spoken and row.owner_id == self.me.account_id]
        events += [sse("given", {"case": row.id, "text": f"{_given(row)} : {topic(row.topic)}, n° {row.id}"})
                   for row in rows if row.id in given and row.owner_id in {None, self.me.account_id}]
        return "".join([*events, await self._counts(heard_at)])

    async def _counts(self, heard_at: float) -> str:
        loads = await self.reads.get("counts", heard_at, open_cases)
        return sse("counts", shown_counts(counts_for(self.me, loads)))

    async def _read(self, case_id: int, heard_at: float) -> CaseRow | None:
        # Everybody who may open this stream sees the same cases: the read of one is good for all.
        rows = await self.reads.get(case_id, heard_at, lambda session: rows_by_id(session, self.me, [case_id]))
        return rows[0] if rows else None

    def _row(self, row: CaseRow) -> str:
        if not self.view.shows(row, self.me):
            return sse("gone", f"case-{row.id}")
        event = sse("upsert", macro("parts/row.html", "row", row, self.me, self.view, self.compact))
        new = row.state == "queued" and row.id not in self._shown and (now() - row.queued_at).total_seconds() < _NEW_FOR
        self._shown.add(row.id)
        return event + (sse("arrived", {"id": row.id, "topic": topic(row.topic), "urgency": row.urgency}) if new else "")

    def _viewers(self) -> str:
        return sse("viewers", {"text": self.viewers.others(self.case.id, self.me) if self.case else ""})


def _given(row: CaseRow) -> str:
    return "On vous transmet une demande" if row.owner_id else f"Demande transmise à l'équipe {row.team}"


async def _batch(news: Subscription) -> tuple[list[News], float]:
    """News that come together, and when the last was heard."""
    first = await news.get(HEARTBEAT_SECONDS)
    heard_at = asyncio.get_running_loop().time()
    found = [] if first is None else [first]
    while found and (item := await news.get(_GATHER_SECONDS)) is not None and len(found) < 100:
        found.append(item)
        heard_at = asyncio.get_running_loop().time()
    return list(dict.fromkeys(found)), heard_at
