"""French conversations in the web chat, through the whole chain: gateway, engine, actions, knowledge base."""

from __future__ import annotations

import pytest

from tests.dialogues.people import WebCitizen
from tests.dialogues.script import Conversation, check, conversations
from tests.stack import Stack


def play(url: str, conversation: Conversation) -> None:
    """Every turn as written, each answer checked."""
    citizen = WebCitizen(url)
    citizen.open()
    for turn in conversation.tours:
        answer = citizen.press(turn.bouton) if turn.bouton else citizen.say(turn.citoyen or "")
        check(turn, answer, citizen.transcript)


@pytest.mark.parametrize("conversation", conversations("web", open_hours=True), ids=str)
def test_a_conversation_goes_as_written(stack: Stack, conversation: Conversation) -> None:
    play(stack.url, conversation)


@pytest.mark.parametrize("conversation", conversations("web", open_hours=False), ids=str)
def test_a_conversation_goes_as_written_when_nobody_is_there(closed_stack: Stack, conversation: Conversation) -> None:
    play(closed_stack.url, conversation)
