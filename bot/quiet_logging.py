"""Logs of the engine without anybody's words.

Rasa writes messages, slots and whole trackers into its log lines (debug, info and tracebacks). Here only our own lines
and a few known sentences of Rasa's start-up are written as they are; any other line is reduced to where it came from
and the type of its error.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from types import TracebackType

OUR_LOGGERS = ("bot.", "__main__")
START_UP = re.compile(r"^(Starting Rasa server on http://[\w.]+:\d+|Rasa server is up and running\.)$")


class WordlessFormatter(logging.Formatter):
    """Level, logger and line number; the text only when it is ours; errors as types and places, never as messages."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for a record, and one for each frame of its error."""
        head = f"{self.formatTime(record)} {record.levelname} {record.name}:{record.lineno}"
        text = record.getMessage() if record.name.startswith(OUR_LOGGERS) or _is_start_up(record) else ""
        error = _error_places(record.exc_info) if record.exc_info else ""
        return " ".join(part for part in (head, text) if part) + error


class OnlyWhatMatters(logging.Filter):
    """Lets our lines, start-up lines, and other people's warnings through."""

    def filter(self, record: logging.LogRecord) -> bool:
        """False for other people's debug and info lines."""
        return record.levelno >= logging.WARNING or record.name.startswith(OUR_LOGGERS) or _is_start_up(record)


def configure(level: int = logging.INFO) -> None:
    """Replaces every handler of this process by one on stderr, for logging, warnings and structlog alike."""
    import structlog

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WordlessFormatter())
    handler.addFilter(OnlyWhatMatters())
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.getLogger("sanic.access").disabled = True
    logging.captureWarnings(True)
    # Deprecations inside Rasa's pinned libraries: nothing an operator can act on.
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    structlog.configure(
        processors=[_event_name_only],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        cache_logger_on_first_use=False,
    )


def _event_name_only(_logger: object, _method: str, event: dict[str, object]) -> str:
    name = str(event.get("event", ""))
    return name if re.fullmatch(r"[a-z_.]{1,80}", name) else "event"


def _is_start_up(record: logging.LogRecord) -> bool:
    return record.levelno == logging.INFO and bool(START_UP.match(record.getMessage()))


def _error_places(
    info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None] | bool,
) -> str:
    if not isinstance(info, tuple) or info[0] is None:
        return ""
    frames = traceback.extract_tb(info[2])[-6:]
    places = "".join(f"\n    {frame.filename.rsplit('site-packages/')[-1]}:{frame.lineno} {frame.name}" for frame in frames)
    return f" [{info[0].__name__}]{places}"
