"""Opens the conversations' database and runs units of work: one function, one session, one transaction, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from typing import TypeVar

import structlog
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from channels.conversation.fanout import Fanout, LocalFanout, News
from channels.errors import Invalid, NotFound
from channels.privacy.crypto import Keyring
from channels.store.ledger import ERASED, Ledger
from channels.store.person_keys import PersonKeys
from channels.store.sealing import seal
from channels.store.types import bind_keys, bind_person_keys

log = structlog.get_logger(__name__)
T = TypeVar("T")
Work = Callable[[Session], T]
_READERS = 4
_POSTGRES_THREADS = 8
_BUSY_TIMEOUT = 10_000  # milliseconds a connection of SQLite waits for another process
_NEWS = "parcours_news"
_LEDGER = "parcours_ledger"
_KEYS = "parcours_person_keys"


def announce(session: Session, *news: News) -> None:
    """Says, once the transaction is committed, what changed; nothing is said when it is rolled back."""
    session.info.setdefault(_NEWS, []).extend(news)


def shred(session: Session, owners: Iterable[str]) -> None:
    """Deletes the keys of these people (contacts, conversations); once committed, no trace stays in the write-ahead log."""
    keys: PersonKeys = session.info[_KEYS]
    owners = list(owners)
    keys.shred(session, owners)
    for owner in owners:
        remember(session, ERASED, owner)


def remember(session: Session, kind: str, key: str) -> None:
    """Writes this into the ledger (channels/store/ledger.py) just before the transaction is committed."""
    session.info.setdefault(_LEDGER, []).append((kind, key))


class Database:
    """Units of work on SQLite (one writer thread: no lock is ever fought for) or PostgreSQL (a pool)."""

    def __init__(self, url: str, keys: Keyring, fanout: Fanout | None = None, ledger: Ledger | None = None) -> None:
        self.engine = open_engine(url, keys)
        self.keys, self.ledger = keys, ledger
        self.fanout: Fanout = fanout or LocalFanout()
        self.traces_left = False
        self.unnoted: list[tuple[str, str]] = []
        person_keys = PersonKeys(self.engine, keys)
        bind_person_keys(self.engine.dialect, person_keys.reading)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False, info={_KEYS: person_keys})
        seal(self._sessions, person_keys)
        self._readers_bind = self.engine.execution_options(parcours_read=True)
        sqlite = self.engine.dialect.name == "sqlite"
        self._writers = ThreadPoolExecutor(1 if sqlite else _POSTGRES_THREADS, "db-write")
        self._readers = ThreadPoolExecutor(_READERS, "db-read") if sqlite else self._writers

    async def write(self, work: Work[T]) -> T:
        """Runs `work` in a transaction, commits, then tells the live screens. Any exception rolls back."""
        result, news = await asyncio.get_running_loop().run_in_executor(self._writers, self._transact, work)
        self.fanout.notify(news)
        return result

    async def read(self, work: Work[T]) -> T:
        """Runs `work` on a consistent view; nothing is committed."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, work)

    def write_now(self, work: Work[T]) -> T:
        """The same as `write`, for a command line or a thread; nobody is told."""
        return self._transact(work)[0]

    def read_now(self, work: Work[T]) -> T:
        """The same as `read`, in this thread."""
        with _refusing_impossible_values(), Session(self._readers_bind, expire_on_commit=False) as session:
            return work(session)

    def _transact(self, work: Work[T]) -> tuple[T, Iterable[News]]:
        with _refusing_impossible_values(), self._sessions() as session, session.begin():
            result = work(session)
            wishes = session.info.pop(_LEDGER, [])
            self._note(wishes)
        if any(kind == ERASED for kind, _ in wishes):
            self.forget_traces()
        return result, session.info.pop(_NEWS, ())

    def _note(self, wishes: list[tuple[str, str]]) -> None:
        """Before the commit: an erasure that nobody remembers would be undone by the next restore. STOP is obeyed all the same,
        and noted once the ledger can be written again."""
        if self.ledger is None or not (wishes or self.unnoted):
            return
        try:
            self.ledger.note([*self.unnoted, *wishes])
            self.unnoted = []
        except OSError as error:
            if any(kind == ERASED for kind, _ in wishes):
                raise
            self.unnoted += wishes
            log.error("ledger_not_written", error=type(error).__name__, waiting=len(self.unnoted))

    def note_late(self) -> None:
        """Writes what the ledger could not take before."""
        self._note([])

    def forget_traces(self) -> bool:
        """Takes erased rows out of SQLite's write-ahead log; False when a reader held it back: the next erasure or sweep does it.

        On PostgreSQL the small table of keys is rewritten, by `compact` only: without its key a dead row is unreadable.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        with closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("PRAGMA busy_timeout=1000")  # a reader must not stop the only writer for long
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout={_BUSY_TIMEOUT}")
        self.traces_left = bool(busy)
        return not busy

    def compact(self) -> None:
        """The same for both databases, thoroughly: after a purge or an erasure by the command line.

        What cannot be had within a few seconds is left to the next purge: the erasure itself is done.
        """
        self.forget_traces()
        if self.engine.dialect.name == "postgresql":
            autocommit = self.engine.execution_options(isolation_level="AUTOCOMMIT")
            with suppress(OperationalError), autocommit.connect() as connection:
                connection.exec_driver_sql("SET lock_timeout = '5s'")
                connection.exec_driver_sql("VACUUM (FULL) person_key")
                connection.exec_driver_sql("RESET lock_timeout")

    def close(self) -> None:
        """Ends the threads and the connections."""
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self.engine.dispose()


@contextmanager
def _refusing_impossible_values() -> Iterator[None]:
    """A number or text that no row can hold is the caller's fault, not ours: nothing is there, or it is not valid."""
    try:
        yield
    except OverflowError as error:  # SQLite: beyond 64 bits
        raise NotFound from error
    except DataError as error:  # PostgreSQL: beyond the column, or a NUL in a text
        raise Invalid from error


def open_engine(url: str, keys: Keyring) -> Engine:
    """An engine that knows its keys; SQLite in WAL mode with foreign keys, and no lock upgrade in mid-transaction."""
    # An error of the database must not carry what it was told to write: errors end in logs.
    engine = create_engine(psycopg_url(url), hide_parameters=True, pool_pre_ping=not url.startswith("sqlite"), **_pool(url))
    bind_keys(engine.dialect, keys)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def psycopg_url(url: str) -> str:
    """The URL with our PostgreSQL driver named."""
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def _pool(url: str) -> dict[str, int]:
    # Never fewer connections than threads: a unit of work must not wait for a connection.
    return {"pool_size": _READERS + 4} if url.startswith("sqlite") else {"pool_size": _POSTGRES_THREADS, "max_overflow": 4}


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # we write BEGIN ourselves, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON",
                   f"busy_timeout={_BUSY_TIMEOUT}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: object) -> None:
    # A writer takes the lock before it reads: what it read cannot change before it writes.
    reading = connection.get_execution_options().get("parcours_read")  # type: ignore[attr-defined]
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")  # type: ignore[attr-defined]
