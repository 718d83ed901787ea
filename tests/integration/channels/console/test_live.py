"""What an open page hears: rows that come and go, true counts, messages in one's own case, a call about to begin."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

from channels.case.reminding import DUE
from channels.console.live import LivePage
from channels.console.shared_reads import SharedReads
from channels.console.still_in import StillIn
from channels.console.viewers import Viewers
from channels.console.views import View
from channels.conversation.fanout import QUEUE_TOPIC, News
from channels.people.principal import Principal
from tests.fixtures.console_browser import seat
from tests.fixtures.desk import Desk


def _page(desk: Desk, me: Principal, tab: str, reads: SharedReads, **more: Any) -> AsyncIterator[str]:
    services = desk.services
    still_in = StillIn(lambda: services.accounts.by_key(desk.keys[me.name]), every=0)
    return aiter(LivePage(services, Viewers(services.fanout), reads, me, View(tab), still_in, **more).events())


async def _until(page: AsyncIterator[str], *words: str) -> str:
    """Everything heard until all these words were."""
    heard = ""
    while not all(word in heard for word in words):
        heard += await asyncio.wait_for(anext(page), 60)
    return heard


async def test_two_pages_follow_a_case_through_its_states(desk: Desk) -> None:
    awa, bruno = [await desk.services.accounts.by_key(desk.keys[name]) for name in ("Awa", "Bruno")]
    reads = SharedReads(desk.services.db)
    queue, team = _page(desk, awa, "queued", reads), _page(desk, bruno, "human", reads)
    for page in (queue, team):
        await _until(page, "event: ready")
    case_id, token = await desk.waiting()
    assert f'id="case-{case_id}"' in await _until(queue, "event: arrived", '"queued": 1')
    await desk.services.cases.claim(bruno, case_id)
    await _until(queue, f"event: gone\ndata: case-{case_id}", '"human": 1, "callback": 0, "followed": 0')
    assert f'id="case-{case_id}"' in await _until(team, "event: upsert", '"mine": 1, "human": 1, "callback": 0, "followed": 1')
    await desk.say(token, "vous êtes là ?")
    heard = await _until(team, "event: waiting")
    assert "À répondre" in heard


async def test_what_happened_between_the_drawing_of_a_page_and_its_stream_is_told_first(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    await eva.open("/console/")
    mark = re.search(r'data-mark="([^"]+)"', eva.page)
    assert mark is not None
    case_id, _ = await desk.waiting()
    me = await desk.services.accounts.by_key(desk.keys["Eva"])
    page = _page(desk, me, "todo", SharedReads(desk.services.db), mark=mark[1])
    assert f'id="case-{case_id}"' in await _until(page, "event: upsert", '"queued": 1')


async def test_a_page_that_missed_very_much_fetches_its_parts_and_is_told_nothing_of_old_typing(desk: Desk) -> None:
    awa, fanout = await desk.services.accounts.by_key(desk.keys["Awa"]), desk.services.fanout
    case_id, token = await desk.waiting()
    row = (await desk.services.cases.get(awa, case_id)).row
    mark = fanout.mark()
    desk.services.chat.typing(row.conversation_id, "citizen")
    await desk.say(token, "vous êtes là ?")
    heard = await _until(_page(desk, awa, "todo", SharedReads(desk.services.db), case=row, mark=mark), "vous êtes là")
    assert "event: typing" not in heard and "event: stale" not in heard
    fanout.notify(News(QUEUE_TOPIC, "case", str(number)) for number in range(101))
    await _until(_page(desk, awa, "todo", SharedReads(desk.services.db), case=row, mark=mark), "event: stale")


async def test_a_mark_that_nobody_remembers_makes_the_page_fetch_its_parts(desk: Desk) -> None:
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])
    await _until(_page(desk, awa, "todo", SharedReads(desk.services.db), mark="unautre.12"), "event: stale", '"queued": 0')


async def test_an_erased_conversation_leaves_every_screen(desk: Desk) -> None:
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])
    case_id, token = await desk.waiting()
    row = (await desk.services.cases.get(awa, case_id)).row
    queue, case = (_page(desk, awa, "todo", SharedReads(desk.services.db), **more) for more in ({}, {"case": row}))
    for page in (queue, case):
        await _until(page, "event: ready")
    answer = await desk.client.delete("/api/chat/session", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 204
    await _until(queue, "event: refresh\ndata: list", '"queued": 0')
    await _until(case, "event: erased")


async def test_what_the_person_writes_changes_the_summary_too(desk: Desk) -> None:
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])
    case_id, token = await desk.waiting()
    row = (await desk.services.cases.get(awa, case_id)).row
    page = _page(desk, awa, "todo", SharedReads(desk.services.db), case=row)
    await _until(page, "event: ready")
    await desk.say(token, "et sans le bac ?")
    await _until(page, "et sans le bac", "event: refresh\ndata: person")


async def test_a_call_is_announced_to_whoever_keeps_it(desk: Desk) -> None:
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])
    page = _page(desk, awa, "todo", SharedReads(desk.services.db))
    await _until(page, "event: ready")
    case_id, _ = await desk.waiting()
    await _until(page, f"case-{case_id}")
    desk.services.fanout.notify([News(QUEUE_TOPIC, DUE, str(case_id))])
    desk.services.fanout.notify([News(QUEUE_TOPIC, "case", str(case_id))])
    assert "event: due" not in await _until(page, "event: counts"), "nothing is promised in this case"


async def test_a_page_hears_nothing_more_once_its_login_is_over(desk: Desk) -> None:
    awa, admin = await desk.services.accounts.by_key(desk.keys["Awa"]), await desk.colleague("Zoe", "admin")
    page = _page(desk, awa, "queued", SharedReads(desk.services.db))
    await _until(page, "event: ready")
    await desk.services.accounts.update(admin, awa.account_id, active=False)
    await desk.waiting()
    assert [event async for event in page] == []

async def test_a_case_handed_on_is_told_to_whoever_gets_it_and_to_nobody_else(desk: Desk) -> None:
    awa, bruno, claire = [await desk.services.accounts.by_key(desk.keys[name]) for name in ("Awa", "Bruno", "Claire")]
    case_id, _ = await desk.waiting()
    await desk.services.cases.claim(awa, case_id)
    reads = SharedReads(desk.services.db)
    his, hers = _page(desk, bruno, "todo", reads), _page(desk, claire, "todo", reads)
    for page in (his, hers):
        await _until(page, "event: ready")
    await desk.services.cases.transfer(awa, case_id, "bruno@exemple.fr")
    heard = await _until(his, "event: given")
    assert f'"case": {case_id}, "text": "On vous transmet une demande' in heard
    assert "event: given" not in await _until(hers, "event: counts")
