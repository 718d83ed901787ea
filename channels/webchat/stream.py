"""The same events, pushed (server-sent events). Losing a stream loses nothing: the next one starts after the last number seen."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse

from channels.conversation.chat import by_advisor, who_types
from channels.conversation.fanout import News, conversation_topic
from channels.errors import HelplineError
from channels.messages import Json
from channels.services import Services
from channels.web.limiting import address_of, streams_of
from channels.webchat import rendering
from channels.webchat.access import AnyServices
from channels.webchat.events import After
from channels.webchat.schemas import ERRORS

router = APIRouter(prefix="/api/chat", responses=ERRORS)
HEARTBEAT_SECONDS = 15.0
# A buffering proxy passes small answers on only once they are long enough: this fills the first one.
_PADDING = ":" + " " * 2048 + "\n\n"
_BEAT = "event: beat\ndata: 1\n\n"  # an event, not a comment: the page must see that the line is alive
_PAGE = 200
_LONGEST_NUMBER = 10  # digits; a longer one is no number of ours
_TOLD = frozenset({"message", "mode", "erased"})
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


@router.get("/stream", summary="Le flux des événements", response_class=StreamingResponse)
async def stream(request: Request, services: AnyServices, ticket: Annotated[str, Query(max_length=200)], after: After = 0,
                 last_event_id: Annotated[str | None, Header()] = None) -> StreamingResponse:
    """`id` is the `after` of the next stream. The first event comes at once, whatever there is to say."""
    streams_of(request).admit(address_of(request))
    conversation_id = await services.chat.redeem(ticket)
    known = last_event_id is not None and last_event_id.isdecimal() and len(last_event_id) < _LONGEST_NUMBER
    start = int(last_event_id) if last_event_id and known else after
    return StreamingResponse(_push(request, services, conversation_id, start), media_type="text/event-stream", headers=_HEADERS)


async def _push(request: Request, services: Services, conversation_id: str, after: int) -> AsyncIterator[str]:
    # Subscribed before the first look, so that nothing falls between the two.
    async with services.fanout.subscribe(conversation_topic(conversation_id)) as news:
        yield _PADDING
        hint: News | None = None
        with streams_of(request).one(conversation_id, address_of(request)) as held:
            while (update := await _update(request, services, conversation_id, after, hint)) is not None:
                after = max(after, int(update["next"]))
                if update["messages"] or hint is None or hint.kind != "message":
                    yield f"id: {after}\ndata: {json.dumps(update, ensure_ascii=False)}\n\n"
                if len(update["messages"]) >= _PAGE:
                    continue
                while (hint := await news.get(HEARTBEAT_SECONDS)) is None or not _told(hint):
                    if held.over:
                        return
                    yield _BEAT


async def _update(request: Request, services: Services, conversation_id: str, after: int, hint: News | None) -> Json | None:
    """What to send; None when the conversation was erased."""
    try:
        found = await services.chat.events(conversation_id, after, _PAGE)
    except HelplineError:
        return None
    return await rendering.events(request, conversation_id, replace(found, typing=who_types(hint)))


def _told(news: News) -> bool:
    return news.kind in _TOLD or by_advisor(news)
