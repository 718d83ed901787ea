"""Log lines: one JSON object each, with the conversation's id and nothing personal."""

from __future__ import annotations

import io
import json

import structlog

from channels.logs import configure_logs


def lines(*events: dict[str, object]) -> list[dict[str, object]]:
    """What was written for these events."""
    written = io.StringIO()
    configure_logs(file=written)
    for event in events:
        structlog.get_logger("essai").warning("essai", **event)
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_an_event_is_one_json_line_with_the_conversation_and_the_time() -> None:
    (line,) = lines({"conversation": "c0ffee", "reason": "timeout"})
    assert (line["conversation"], line["reason"], line["event"], line["level"]) == ("c0ffee", "timeout", "essai", "warning")
    assert str(line["timestamp"]).endswith("Z")


def test_what_could_be_personal_is_dropped_whoever_logs_it() -> None:
    (line,) = lines({"conversation": "c0ffee", "text": "bonjour", "phone": "+33639980001", "name": "Zoé", "email": "z@exemple.fr",
                     "to": "+33639980001", "token": "secret", "payload": {"a": 1}})
    assert set(line) == {"conversation", "event", "level", "timestamp"}
