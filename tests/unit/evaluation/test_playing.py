"""Playing asks again what a busy machine was too slow for, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation import playing
from evaluation.exchange import Exchange, Talk
from evaluation.playing import Helpline, play_until_answered
from tests.unit.evaluation.answers.people import answer

TALKS = [Talk("a", ("slt",)), Talk("b", ("bonjour",)), Talk("c", ("salut",))]


def test_only_what_was_too_slow_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def play(_: Helpline, talks: list[Talk], tell: object = None) -> list[Exchange]:
        asked.append([talk.id for talk in talks])
        slow = {"a": {"understood": {"failure": "timeout"}}, "b": {"understood": {"failure": "error"}}} if len(asked) == 1 else {}
        return [replace(answer(**slow.get(talk.id, {})), talk=talk.id) for talk in talks]

    monkeypatch.setattr(playing, "play", play)
    played = play_until_answered(Helpline("http://127.0.0.1"), TALKS)
    assert asked == [["a", "b", "c"], ["a"], []]
    assert [one.talk for one in played] == ["a", "b", "c"] and played[0].understood is None
