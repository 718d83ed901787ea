"""What comes, in order; what the console adds or changes. Nothing is removed: a session that is over only leaves the answers."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import Engine, Table, insert, select, update

import clock
from knowledge_base.agenda.entry import Entry, read_entry
from knowledge_base.agenda.models import SessionRow
from knowledge_base.agenda.table import read_table
from knowledge_base.errors import SessionRefused
from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.geo.place import Place, distance_km
from knowledge_base.text import fold

SESSIONS = cast(Table, SessionRow.__table__)
PLANNED, FULL, CANCELLED = STATES = ("planned", "full", "cancelled")
NEAR_KM = 40.0
HERE = "ici"  # what an organiser writes under « Inscription » for sign-ups with us


@dataclass(frozen=True)
class Session:
    """A session as it is told. Instants are aware, in UTC; `distance_km` only when a place was asked for."""

    id: str
    series: str
    title: str
    starts_at: datetime
    ends_at: datetime
    commune: str
    commune_name: str
    venue: str
    online: str
    service: str
    sector: str
    publics: Sequence[str]
    capacity: int | None
    sign_up: str
    access: str
    organiser: str
    state: str
    source: str
    as_of: date
    distance_km: float | None = field(default=None, compare=False)

    @property
    def where(self) -> str:
        """« 5 rue du Lycée, Bernay », « en ligne »."""
        return ", ".join(filter(None, (self.venue, self.commune_name))) or "en ligne"

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not be held."""
        return self.state == CANCELLED

    @property
    def own_sign_up(self) -> bool:
        """Whether one signs up with us, in the dialogue, and not by a link or a number."""
        return self.sign_up.strip().lower() == HERE

    @property
    def is_full(self) -> bool:
        """Whether no place is left."""
        return self.state == FULL


@dataclass(frozen=True)
class Wish:
    """What is looked for. `words`: all of one of them must stand in title, service or sector."""

    place: Place | None = None
    public: str = ""
    sector: str = ""
    words: Sequence[str] = ()


def find_session(engine: Engine, session_id: str) -> Session | None:
    """A session, also one that is over or cancelled; None when there is none."""
    with engine.connect() as connection:
        row = connection.execute(select(SESSIONS).where(SESSIONS.c.id == session_id)).mappings().first()
    return _session(row) if row else None


@dataclass(frozen=True)
class Agenda:
    """The sessions of a knowledge base."""

    engine: Engine
    gazetteer: Gazetteer

    def upcoming(self, wish: Wish | None = None, limit: int = 200) -> list[Session]:
        """What is not over yet, soonest first; with a place, what lies in it or near, and what is online."""
        query = select(SESSIONS).where(SESSIONS.c.ends_at > clock.now()).order_by(SESSIONS.c.starts_at)
        found = [self._placed(session, wish or Wish()) for session in self._all(query)]
        return [session for session in found if session is not None and _suits(session, wish or Wish())][:limit]

    def past(self, limit: int = 50) -> list[Session]:
        """What is over, latest first: for the figures."""
        over = select(SESSIONS).where(SESSIONS.c.ends_at <= clock.now())
        return self._all(over.order_by(SESSIONS.c.starts_at.desc()).limit(limit))

    def get(self, session_id: str) -> Session | None:
        """A session, also one that is over or cancelled."""
        return find_session(self.engine, session_id)

    def add(self, written: Sequence[dict[str, str]], *, by: str) -> list[str]:
        """Keeps sessions of one series, all or none; gives their ids. Raises SessionRefused."""
        return self._keep([read_entry(fields, self._commune) for fields in written], by, _new_id())

    def add_table(self, text: str, *, by: str) -> list[str]:
        """Keeps the sessions of a CSV text, all or none. Raises SessionRefused with every bad line."""
        return self._keep(read_table(text, self._commune), by, None)

    def set_state(self, session_id: str, state: str, *, by: str) -> None:
        """Says that a session is full, cancelled or held after all. Raises SessionRefused when it is over or unknown."""
        changed = {"state": state, "changed_at": clock.now(), "changed_by": by}
        query = update(SESSIONS).where(SESSIONS.c.id == session_id, SESSIONS.c.ends_at > clock.now())
        if state not in STATES:
            raise SessionRefused(["Cet état n’existe pas."])
        with self.engine.begin() as connection:
            if connection.execute(query.values(**changed)).rowcount == 0:
                raise SessionRefused(["Cette date est passée, ou n’existe pas."])

    def _keep(self, entries: Iterable[Entry], by: str, series: str | None) -> list[str]:
        now, today = clock.now(), clock.today()
        common = {"state": PLANNED, "as_of": today, "changed_at": now, "changed_by": by}
        rows = [{**_in_utc(entry.columns), **common, "id": _new_id(), "series": series or _new_id()} for entry in entries]
        with self.engine.begin() as connection:
            held = connection.execute(select(SESSIONS).where(SESSIONS.c.ends_at > now)).mappings()
            twice = _twice(rows, {_same(row) for row in held})
            if twice:
                raise SessionRefused([f"« {title} » est déjà à l’agenda à cette date et à ce lieu." for title in twice])
            connection.execute(insert(SESSIONS), rows)
        return [row["id"] for row in rows]

    def _commune(self, name: str) -> Place | None:
        mention = self.gazetteer.find(name)
        return mention.place if mention else None

    def _all(self, query: Any) -> list[Session]:
        with self.engine.connect() as connection:
            return [_session(row) for row in connection.execute(query).mappings()]

    def _placed(self, session: Session, wish: Wish) -> Session | None:
        """The session with how far it is; None when it is too far from the place that is asked for."""
        here = self.gazetteer.by_code(session.commune) if session.commune else None
        if wish.place is None or here is None:
            return session if wish.place is None or not session.commune else None
        if wish.place.kind != "commune":
            return session if wish.place.code in {here.departement, here.epci, here.bassin} else None
        if here.code == wish.place.code:
            return Session(**{**vars(session), "distance_km": 0.0})
        far = _apart(here, wish.place)
        return Session(**{**vars(session), "distance_km": far}) if far is not None and far <= NEAR_KM else None


def _apart(one: Place, other: Place) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def _suits(session: Session, wish: Wish) -> bool:
    said = fold(f"{session.title} {session.service} {session.sector}".replace("-", " "))
    return (
        (not wish.public or fold(wish.public) in [fold(public) for public in session.publics])
        and (not wish.sector or fold(wish.sector) == fold(session.sector))
        and (not wish.words or any(set(words.split()) <= set(said.split()) for words in wish.words))
    )


def _new_id() -> str:
    return uuid.uuid4().hex[:16]


def _twice(rows: Sequence[dict[str, Any]], known: set[tuple[Any, ...]]) -> list[str]:
    """The titles of what is held already, or stands twice."""
    found = []
    for row in rows:
        if _same(row) in known:
            found.append(row["title"])
        known.add(_same(row))
    return found


def _same(row: Any) -> tuple[Any, ...]:
    return fold(row["title"]), _aware(row["starts_at"]), row["commune"], fold(row["venue"])


def _in_utc(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: value.astimezone(UTC) if isinstance(value, datetime) else value for name, value in columns.items()}


def _aware(instant: datetime) -> datetime:
    """SQLite forgets the zone; what is written there is in UTC."""
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def _session(row: Any) -> Session:
    values = {name: row[name] for name in Session.__dataclass_fields__ if name != "distance_km"}
    return Session(**{**values, "starts_at": _aware(row["starts_at"]), "ends_at": _aware(row["ends_at"])})
