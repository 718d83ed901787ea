"""Messages as the web chat shows them: the contract's JSON, and the additions that only a screen needs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import Request

from channels.case.views import Answer, Events, MessageView, OpenedSession
from channels.messages import Json
from channels.store.models import Author, Mode
from channels.web.knowledge import knowledge_of
from channels.web.sheet_links import LINKED_KINDS, with_links
from channels.webchat.access import services_of
from channels.webchat.standing import DatabaseStandings, Standings

_DISTRESS = 31  # the topic of the fixed texts with the emergency numbers


async def opened(request: Request, session: OpenedSession) -> Json:
    """The answer of POST /api/chat/sessions."""
    return {**session.wire(), "messages": await _messages(request, session.messages)}


async def answer(request: Request, given: Answer) -> Json:
    """The answer of POST /api/chat/messages."""
    shown = {**given.wire(), "messages": await _messages(request, given.messages)}
    return {**shown, **await _standing(request, given.conversation_id, given.mode)}


async def events(request: Request, conversation_id: str, found: Events) -> Json:
    """The answer of GET /api/chat/events, and each event of the stream."""
    shown = {**found.wire(), "messages": await _messages(request, found.messages), "typing": found.typing}
    return {**shown, **await _standing(request, conversation_id, found.mode)}


async def _standing(request: Request, conversation_id: str, mode: str) -> Json:
    # Nobody waits and nobody answers most of the time: then nothing is read.
    if mode not in {Mode.QUEUED, Mode.HUMAN}:
        return {}
    found = await _standings(request).of(conversation_id)
    return {"queue_position": found.queue_position, "advisor_name": found.advisor_name, "seen": found.seen}


async def _messages(request: Request, views: Sequence[MessageView]) -> list[Json]:
    names = await _names(request, views)
    shown = [_message(view, names) for view in views]
    if any(card["kind"] in LINKED_KINDS for message in shown for card in message["cards"]):
        await asyncio.to_thread(_link_cards, request.app, shown)
    return shown


def _message(view: MessageView, names: dict[str, str]) -> Json:
    message = view.wire()
    if view.author == "citizen":
        message["client_id"] = view.client_id
    elif view.account_id:
        message["author_name"] = names.get(view.account_id)
    elif view.author == Author.SYSTEM and view.topic == _DISTRESS:
        message["urgent"] = True  # the numbers that help become links, and the bubble stands out
    if view.input:
        message["input"] = view.input
    return message


async def _names(request: Request, views: Iterable[MessageView]) -> dict[str, str]:
    accounts = {view.account_id for view in views if view.account_id}
    if not accounts:
        return {}
    return await _standings(request).first_names(accounts)


def _standings(request: Request) -> Standings:
    state = request.app.state
    if getattr(state, "standings", None) is None:
        state.standings = DatabaseStandings(services_of(request).db)
    found: Standings = state.standings
    return found


def _link_cards(app: Any, messages: Iterable[Json]) -> None:
    knowledge = knowledge_of(app)
    for message in messages:
        message["cards"] = [with_links(knowledge, card) for card in message["cards"]]
