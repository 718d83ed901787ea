"""What people filed of the messages that the assistant did not understand: masked sentences, for the next training."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from channels.store.base import Base, Created, RandomId
from channels.store.types import EncryptedText


class Verdict(StrEnum):
    """intent: an example of an intent; sheet: a sheet is missing; ignored: nothing to learn."""

    INTENT = "intent"
    SHEET = "sheet"
    IGNORED = "ignored"


class FiledSentence(RandomId, Created, Base):
    """One filed sentence. `key` is the keyed hash of its plain spelling: the same words are not shown again.

    `text` was masked and read by the person who filed it; `wish` says which sheet is missing.
    """

    __tablename__ = "filed_sentence"

    key: Mapped[str] = mapped_column(String(64), unique=True)
    verdict: Mapped[str] = mapped_column(String(8))
    intent: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(EncryptedText)
    wish: Mapped[str | None] = mapped_column(EncryptedText)
    account_id: Mapped[str | None] = mapped_column(String(32))
