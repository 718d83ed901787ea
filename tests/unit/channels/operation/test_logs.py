"""Log lines: one JSON object each, with the conversation's id and nothing personal."""

from __future__ import annotations

import io
import json
import logging

import pytest
import structlog
from cryptography.fernet import Fernet

from channels.operation.logs import WithoutMessages, configure_logs
from channels.store.types import Sealed


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


def test_an_exception_that_the_server_reports_is_its_kind_and_its_place_never_its_message() -> None:
    written = io.StringIO()
    logger, handler = logging.getLogger("uvicorn.error"), logging.StreamHandler(written)
    configure_logs(file=written)
    logger.addHandler(handler)
    try:
        try:
            raise ValueError("je veux mourir") from KeyError("06 39 98 00 01")
        except ValueError:
            logger.exception("Exception in ASGI application\n")
    finally:
        logger.removeHandler(handler)
    said = written.getvalue()
    assert "Exception in ASGI application ValueError at test_logs.py:" in said and "KeyError" in said
    assert "mourir" not in said and "06 39" not in said and "Traceback" not in said


@pytest.mark.parametrize("name", ["uvicorn.error", "asyncio", "sqlalchemy.pool"])
def test_the_net_hangs_once_whatever_is_configured_again(name: str) -> None:
    configure_logs()
    configure_logs()
    assert sum(isinstance(item, WithoutMessages) for item in logging.getLogger(name).filters) == 1


def test_a_value_on_its_way_into_the_database_never_shows_itself() -> None:
    sealed = Sealed("je veux mourir", "c0ffee", Fernet(Fernet.generate_key()))
    assert "mourir" not in repr(sealed) and "Fernet" not in repr(sealed)
