"""Real messages through the whole helpline: the records of what came back, and the list of every day against its kept figures."""

from __future__ import annotations

import pytest

from evaluation.answers.__main__ import COMPARED, marked_of
from evaluation.answers.figures import drops, hits_of
from evaluation.answers.keeping import kept_figures
from evaluation.answers.listed import list_path, read_list, text_digest
from evaluation.answers.outcomes import offers_a_person
from evaluation.exchange import Channel, Talk
from evaluation.playing import Helpline, play, play_until_answered
from tests.fixtures.twilio_emulator import Emulator
from tests.stack import Stack


@pytest.fixture
def helpline(stack: Stack, twilio: Emulator) -> Helpline:
    return Helpline(stack.url, stack.state_dir, twilio)


@pytest.mark.parametrize("channel", ["web", "sms", "phone"])
def test_a_conversation_is_played_turn_by_turn(helpline: Helpline, channel: Channel) -> None:
    first, second = play(helpline, [Talk("a", ("c'est quoi le métier de boulanger", "c'est quoi la VAE"), channel)])
    assert (first.id, second.id, first.channel, first.failure) == ("a.1", "a.2", channel, None)
    assert "boulanger" in first.text.lower() and first.text != second.text and first.seconds > 0
    # Whether the channel shows cards or not.
    assert "metier/boulanger" in first.sheets and "dispositif/vae" in second.sheets
    assert (first.cards != [], first.mode, second.mode) == (channel == "web", "bot", "bot")
    assert first.understood and first.understood["understood"] is True


@pytest.mark.parametrize("channel", ["sms", "phone"])
def test_a_person_who_is_asked_for_is_seen_on_every_channel(helpline: Helpline, channel: Channel) -> None:
    (played,) = play(helpline, [Talk("a", ("je veux parler à un conseiller",), channel)])
    assert played.mode == "queued" and offers_a_person(played)


def test_what_the_telephone_answers_alone_is_made_of_no_sheet(helpline: Helpline) -> None:
    first, repeated = play(helpline, [Talk("a", ("c'est quoi le métier de boulanger", "plus lentement"), "phone")])
    assert first.sheets and repeated.text and repeated.sheets == [] and repeated.understood is None


def test_a_helpline_elsewhere_has_a_chat_only(stack: Stack) -> None:
    elsewhere = Helpline(stack.url)
    (played,) = play(elsewhere, [Talk("a", ("c'est quoi la VAE",))])
    assert played.sheets and played.understood is None
    with pytest.raises(ValueError, match="« sms »"):
        play(elsewhere, [Talk("a", ("bonjour",), "sms")])


def test_the_list_of_every_day_does_no_worse_than_its_kept_figures(helpline: Helpline) -> None:
    messages, kept = read_list(list_path(COMPARED)), kept_figures(COMPARED)
    assert kept["texts"] == text_digest(messages), "docs/evaluation/daily.json is of other texts"
    hits = hits_of(marked_of(messages, play_until_answered(helpline, [one.talk() for one in messages])))
    assert drops(kept["hits"], hits) == {}, "(lost, won): make eval-answers LIST=daily shows the figures"
