"""Structured logs: one JSON line an event, with conversation ids and nothing personal.

Callers never log a text, a number or a name.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TextIO

import structlog

# Those that report exceptions with a traceback: the server, the event loop, the pool of connections.
_FOREIGN = ("uvicorn.error", "asyncio", "sqlalchemy.pool")
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
    for name in _FOREIGN:
        logger = logging.getLogger(name)
        if not any(isinstance(item, WithoutMessages) for item in logger.filters):
            logger.addFilter(WithoutMessages())


class WithoutMessages(logging.Filter):
    """The server's own report of an exception: its kind and where it happened. Its message may hold what a person wrote."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps every record, without what it must not tell."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg, record.args = f"{record.getMessage().splitlines()[0]} {_outline(error)}", None
            record.exc_info = record.exc_text = None
        return True


def _outline(error: BaseException | None) -> str:
    """« OperationalError at database.py:91 < intake.py:74 », the innermost first, causes included."""
    said = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-4:]
        places = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
        said.append(f"{type(error).__name__} at {places or '?'}")
        error = error.__cause__ or error.__context__
    return ", because of ".join(said)


def _without_personal(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {key: value for key, value in event.items() if key not in _NEVER}
