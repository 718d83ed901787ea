"""What can go wrong in the knowledge base; every message is in French, for the person at the keyboard."""

from __future__ import annotations


class KnowledgeBaseError(Exception):
    """Base of all errors of this package."""


class ContentError(KnowledgeBaseError):
    """A folder or a file of sheets cannot be read at all."""


class ImportRefused(KnowledgeBaseError):
    """A file of open data is truncated, corrupted or of another format: nothing of it was kept.

    `line` is the first line (1-based) that cannot be read, None when the whole file is at fault.
    """

    def __init__(self, message: str, *, file: str, line: int | None = None) -> None:
        where = f"{file}, ligne {line}" if line else file
        super().__init__(f"{where} : {message}")
        self.file, self.line = file, line


class IndexUnavailable(KnowledgeBaseError):
    """The search index can neither be opened nor built."""


class CorrectionRefused(KnowledgeBaseError):
    """A correction made in the console cannot be taken; the message says why, for the person who made it."""


class SessionRefused(KnowledgeBaseError):
    """A session of the agenda cannot be kept; `faults` are French sentences, one a fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults
