"""STOP and START as a service, for transports whose provider says it in another way than by a message."""

from __future__ import annotations

from sqlalchemy.orm import Session

from channels import optout
from channels.outbox import clear_waiting
from channels.store import threads
from channels.store.database import Database


class OptOuts:
    """The wishes of numbers."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @staticmethod
    def wish(text: str) -> str | None:
        """« stop », « start », « help », « contact », « erase », or None."""
        return optout.wish_of(text)

    async def record(self, phone: str, wish: str, word: str, source: str) -> None:
        """Obeys a wish and logs it; after STOP what still waits is not sent."""
        def work(session: Session) -> None:
            contact = threads.contact_of(session, phone)
            optout.record(session, contact, wish, word, source)
            if wish == "stop":
                clear_waiting(session, contact.phone_hash)

        await self._db.write(work)

    async def is_out(self, phone: str) -> bool:
        """True when this E.164 number said STOP."""
        return await self._db.read(lambda session: optout.is_out(session, phone))
