"""What happens in the queue, pushed (server-sent events). Losing one loses nothing: read the cases again."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from channels.console.access import AnyServices, KeyOwner, key_owner
from channels.console.api.schemas import ERRORS
from channels.console.reading import rows_by_id
from channels.console.still_in import StillIn
from channels.conversation.fanout import ALERT_TOPIC, QUEUE_TOPIC, News
from channels.messages import Json
from channels.people.principal import Principal
from channels.services import Services

router = APIRouter(responses=ERRORS)
HEARTBEAT_SECONDS = 15.0
HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


@router.get("/events", summary="Le flux des demandes", response_class=StreamingResponse)
async def events(request: Request, services: AnyServices, who: KeyOwner) -> StreamingResponse:
    """`event: case|message|alert`, data `{"kind", "case_id", "case"}`; the first event, `ready`, tells that news are heard."""
    who.need(who.sees_cases)
    await services.audit.look(who, "cases_seen", "case")
    still_in = StillIn(lambda: key_owner(request, services))
    return StreamingResponse(_push(services, who, still_in), media_type="text/event-stream", headers=HEADERS)


async def _push(services: Services, who: Principal, still_in: StillIn) -> AsyncIterator[str]:
    async with services.fanout.subscribe(QUEUE_TOPIC, ALERT_TOPIC) as news:
        yield sse("ready", {})
        while True:
            item = await news.get(HEARTBEAT_SECONDS)
            if not await still_in():
                return
            yield ":\n\n" if item is None else await _event(services, who, item)


async def _event(services: Services, who: Principal, item: News) -> str:
    if item.topic == ALERT_TOPIC:
        return sse("alert", {"kind": "alert", "alert_id": item.id})
    rows = await services.db.read(lambda session: rows_by_id(session, who, [int(item.id)]))
    case = rows[0].wire() if rows else None
    return sse(item.kind, {"kind": item.kind, "case_id": int(item.id), "case": case})


def sse(event: str, data: Json | str) -> str:
    """One server-sent event; every line of a text goes on a line of its own."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return "".join([f"event: {event}\n", *(f"data: {line}\n" for line in text.splitlines() or [""]), "\n"])
