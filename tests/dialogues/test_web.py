"""French conversations in the web chat, through the whole chain: gateway, engine with the trained model, actions, knowledge base."""

from __future__ import annotations

import pytest

from tests.dialogues.people import Answer, WebCitizen
from tests.dialogues.script import Conversation, Turn, conversations
from tests.stack import Stack


@pytest.mark.parametrize("conversation", [one for one in conversations("web") if one.ouvert], ids=str)
def test_a_conversation_goes_as_written(stack: Stack, conversation: Conversation) -> None:
    citizen = WebCitizen(stack.url)
    citizen.open()
    for turn in conversation.tours:
        answer = citizen.press(turn.bouton) if turn.bouton else citizen.say(turn.citoyen or "")
        check(turn, answer, citizen.transcript)


def check(turn: Turn, answer: Answer, transcript: str) -> None:
    """Every expectation of a turn, with the whole conversation in the message when one fails."""
    for reference in (turn.fiche, *turn.fiches):
        assert reference is None or reference in answer.references, f"no card {reference}\n{transcript}"
    assert not (turn.sans_fiche and answer.references), f"a card was not expected\n{transcript}"
    assert turn.rome is None or any(turn.rome in card["rome"] for card in answer.cards), f"no ROME {turn.rome}\n{transcript}"
    for words in turn.dit:
        assert words.lower() in answer.text.lower(), f"« {words} » is not said\n{transcript}"
    for words in turn.ne_dit_pas:
        assert words.lower() not in answer.text.lower(), f"« {words} » is said\n{transcript}"
    for label in turn.boutons:
        assert label in answer.buttons, f"no button « {label} »\n{transcript}"
    assert turn.mode in (None, answer.mode), f"mode {answer.mode}, not {turn.mode}\n{transcript}"
    assert turn.auteur is None or turn.auteur in answer.authors, f"author {answer.authors}\n{transcript}"
