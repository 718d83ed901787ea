"""Structured logs: one JSON line an event, with conversation ids and nothing personal.

Callers never log a text, a number or a name.
"""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog

# The last net: a key that could hold personal data is dropped, whoever logs it.
_NEVER = frozenset({"text", "body", "phone", "sender", "to", "name", "email", "token", "comment", "payload"})


def configure_logs(level: int = logging.INFO, file: TextIO | None = None) -> None:
    """Sets structlog up for the process; lines go to `file`, stdout by default."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars, structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True), _without_personal, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=file or sys.stdout),
        cache_logger_on_first_use=False)


def _without_personal(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {key: value for key, value in event.items() if key not in _NEVER}
