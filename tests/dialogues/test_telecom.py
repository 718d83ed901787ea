"""The same helpline by SMS and on the phone, through Twilio's signed webhooks: short answers, numbered choices, a person."""

from __future__ import annotations

import pytest

from tests.dialogues.script import Conversation, check, conversations
from tests.dialogues.telecom import Caller, SmsCitizen
from tests.fixtures.twilio_emulator import Emulator
from tests.stack import Stack


def play_sms(stack: Stack, twilio: Emulator, conversation: Conversation) -> None:
    """Every turn as written."""
    citizen = SmsCitizen(twilio, stack.state_dir)
    for turn in conversation.tours:
        check(turn, citizen.say(turn.citoyen or ""), citizen.transcript)


def play_call(url: str, conversation: Conversation) -> None:
    """Every turn as written, after the greeting, which says that the assistant is automatic."""
    caller = Caller(url)
    assert "assistant automatique" in caller.open().text
    for turn in conversation.tours:
        answer = caller.press(turn.touche) if turn.touche else caller.say(turn.citoyen or "")
        check(turn, answer, caller.transcript)


@pytest.mark.parametrize("conversation", conversations("sms", open_hours=True), ids=str)
def test_an_exchange_of_sms_goes_as_written(stack: Stack, twilio: Emulator, conversation: Conversation) -> None:
    play_sms(stack, twilio, conversation)


@pytest.mark.parametrize("conversation", conversations("sms", open_hours=False), ids=str)
def test_an_exchange_of_sms_goes_as_written_when_nobody_is_there(
    closed_stack: Stack, closed_twilio: Emulator, conversation: Conversation
) -> None:
    play_sms(closed_stack, closed_twilio, conversation)


@pytest.mark.parametrize("conversation", conversations("phone", open_hours=True), ids=str)
def test_a_call_goes_as_written(stack: Stack, conversation: Conversation) -> None:
    play_call(stack.url, conversation)


@pytest.mark.parametrize("conversation", conversations("phone", open_hours=False), ids=str)
def test_a_call_goes_as_written_when_nobody_is_there(closed_stack: Stack, conversation: Conversation) -> None:
    play_call(closed_stack.url, conversation)
