"""One encryption key a person: what they left is sealed with it, and unreadable everywhere once the key is deleted.

The key of a conversation seals everything that hangs on it, the key of a contact its number and name. Each is random and kept
wrapped by the installation's keys (channels/privacy/crypto.py) in the table `person_key`: copies of the other tables, write-ahead
logs and dead rows hold nothing readable after an erasure.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from cryptography.fernet import Fernet
from sqlalchemy import Connection, Engine, String, Text, delete, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from channels.privacy.crypto import Keyring
from channels.store.base import Base, Created
from channels.store.types import UtcDateTime
from clock import now

_MOST_KEYS = 5000  # kept in memory; a forgotten one is read again
_FRESH = "parcours_fresh_keys"
_INSERT = text("INSERT INTO person_key (id, wrapped, created_at) VALUES (:id, :wrapped, :created_at) ON CONFLICT (id) DO NOTHING")


class PersonKey(Created, Base):
    """The wrapped key of one owner: a conversation's or a contact's id, both random and never used again."""

    __tablename__ = "person_key"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    wrapped: Mapped[str] = mapped_column(Text)


class PersonKeys:
    """The keys of one database, by owner."""

    def __init__(self, engine: Engine, keys: Keyring) -> None:
        self._engine, self._ring, self._lock = engine, keys, Lock()
        self._known: OrderedDict[str, Fernet] = OrderedDict()
        self._uncommitted: dict[str, Fernet] = {}

    def reading(self, owner: str) -> Fernet | None:
        """The key to read with; None when it was deleted."""
        found = self._known.get(owner) or self._uncommitted.get(owner)
        if found is None:
            with self._engine.execution_options(parcours_read=True).connect() as connection:
                found = self._load(connection, owner)
            if found is not None:
                self._keep(owner, found)
        return found

    def writing(self, session: Session, owner: str) -> Fernet:
        """The key to write with, made in this transaction when the owner has none."""
        fresh: dict[str, Fernet] = session.info.setdefault(_FRESH, {})
        found = self._known.get(owner) or fresh.get(owner)
        if found is None:
            connection = session.connection()
            found = self._load(connection, owner) or self._make(connection, owner)
            fresh[owner] = found
            self._uncommitted[owner] = found
        return found

    def settle(self, session: Session, *, committed: bool) -> None:
        """The transaction ended: its new keys are everybody's, or nobody's."""
        for owner, key in session.info.pop(_FRESH, {}).items():
            self._uncommitted.pop(owner, None)
            if committed:
                self._keep(owner, key)

    def shred(self, session: Session, owners: Iterable[str]) -> None:
        """Deletes the keys of these owners: what they sealed can never be read again, wherever a copy lies."""
        owners = list(owners)
        session.execute(delete(PersonKey).where(PersonKey.id.in_(owners)))
        for owner in owners:
            session.info.get(_FRESH, {}).pop(owner, None)
            self._uncommitted.pop(owner, None)
            with self._lock:
                self._known.pop(owner, None)

    def _make(self, connection: Connection, owner: str) -> Fernet:
        wrapped = self._ring.encrypt(Fernet.generate_key().decode("ascii"))
        moment = UtcDateTime().bind_processor(connection.dialect)
        connection.execute(_INSERT, {"id": owner, "wrapped": wrapped, "created_at": moment(now()) if moment else now()})
        # Read back: another process may have been first.
        found = self._load(connection, owner)
        assert found is not None  # noqa: S101 - it was just written
        return found

    def _load(self, connection: Connection, owner: str) -> Fernet | None:
        wrapped = connection.scalar(select(PersonKey.wrapped).where(PersonKey.id == owner))
        return Fernet(self._ring.decrypt(wrapped)) if wrapped else None

    def _keep(self, owner: str, key: Fernet) -> None:
        with self._lock:
            self._known[owner] = key
            if len(self._known) > _MOST_KEYS:
                self._known.popitem(last=False)
