"""The knowledge base as the rest of the helpline sees it. Thread-safe; one object per process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from knowledge_base.agenda.store import Agenda
from knowledge_base.database import open_engine
from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.geo.mentions import Mentions, mentions_in
from knowledge_base.geo.place import Place
from knowledge_base.hits import Hit, SearchPage
from knowledge_base.models import SheetRow
from knowledge_base.placeholders import Placeholders
from knowledge_base.places import at, covering, hiring, naming, offers
from knowledge_base.places.correcting import correct_site
from knowledge_base.places.directory import CurrentDirectory, Directory
from knowledge_base.places.entities import Hiring, OfferHit, OfferPage, Site, SiteHit, SitePage
from knowledge_base.places.models import SourceRow
from knowledge_base.redirects import resolve_pair
from knowledge_base.relations import neighbours, related
from knowledge_base.search.linking import link
from knowledge_base.search.needs.api import Found, find_needs
from knowledge_base.search.searching import Filters, search
from knowledge_base.search.snapshot import Snapshot
from knowledge_base.search.tastes import trades_by_taste
from knowledge_base.serving import CurrentContent, prepare
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_rows import sheet_of
from knowledge_base.structures import structures_for

Kinds = str | Sequence[str] | None


@dataclass(frozen=True)
class KnowledgeBase:
    """Sheets, places and search. Open it with `KnowledgeBase.open`."""

    engine: Engine
    current: CurrentContent
    placeholders: Placeholders = field(default_factory=Placeholders)
    sites: CurrentDirectory = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sites", CurrentDirectory(self.engine))

    @classmethod
    def open(
        cls, database_url: str, state_dir: Path, *, shipped: bool = True, helpline_number: str | None = None, ranks: bool = False
    ) -> KnowledgeBase:
        """Migrates the database, loads the shipped sheets and places when they changed, opens or builds the index.

        `shipped=False` leaves the content alone (tests, command-line imports). `helpline_number` is put where
        sheets leave it open; without it they name the line in words. `ranks`: this process answers `needs` (the one that does
        takes more memory, and learns the ranking when nobody has yet).
        """
        state_dir = Path(state_dir)
        prepare(database_url, state_dir, shipped=shipped)
        engine = open_engine(database_url)
        return cls(engine, CurrentContent(engine, state_dir, ranks=ranks), Placeholders(helpline_number))

    def close(self) -> None:
        """Gives the connections back."""
        self.engine.dispose()

    @property
    def _snapshot(self) -> Snapshot:
        return self.current.snapshot

    @property
    def gazetteer(self) -> Gazetteer:
        """All places."""
        return self.current.gazetteer

    @property
    def version(self) -> str:
        """The version of the content that is answered from."""
        return self.current.snapshot.version

    @property
    def sheet_count(self) -> int:
        """How many sheets can be found, courses included."""
        return len(self.current.snapshot)

    def search(
        self,
        query: str,
        *,
        kind: Kinds = None,
        near: str | Place | None = None,
        radius_km: float | None = None,
        level: int | str | None = None,
        rhythm: str | None = None,
        limit: int = 10,
    ) -> SearchPage:
        """The best sheets for a query of any form.

        `near` (a name or a Place) brings placed sheets nearer first; `radius_km` keeps only what lies within it.
        An unknown `near` is ignored. `level` is the European level (3..8) of a formation.
        """
        place = self.find_place(near) if isinstance(near, str) else near
        filters = Filters(_kinds(kind), place, radius_km, int(level) if level else None, rhythm)
        content = self.current.content
        return self.placeholders.page(search(content, query, filters, limit))

    def link(self, text: str, kinds: Kinds = None) -> list[Hit]:
        """The sheets that a sentence names, best first; empty when nothing is plausible."""
        content = self.current.content
        return self.placeholders.hits(link(content.snapshot, content.gazetteer, text, _kinds(kinds)))

    def needs(self, text: str, subject: str | None = None) -> Found:
        """What a message needs: sheets with the points asked, or nothing (see `knowledge_base.search.needs`).

        `subject` is the sheet (`kind/id`) that was spoken of: a short message that names no other goes on about it.
        """
        content = self.current.content
        if content.finder is None:
            return Found()
        return find_needs(content.finder, content.gazetteer, text, subject, content.snapshot.ordinary)

    def sheet(self, kind: str, sheet_id: str) -> Sheet | None:
        """A sheet by its reference; None when there is none or when it was retired.

        A reference that was merged into another gives that sheet: its own `kind` and `id` then differ from what was asked.
        """
        found = self._sheet(kind, sheet_id)
        moved = resolve_pair(kind, sheet_id)
        return found if found or moved == (kind, sheet_id) else self._sheet(*moved)

    def _sheet(self, kind: str, sheet_id: str) -> Sheet | None:
        query = select(SheetRow.__table__).where(SheetRow.kind == kind, SheetRow.id == sheet_id)
        with self.engine.connect() as connection:
            row = connection.execute(query.where(SheetRow.retired_on.is_(None))).mappings().first()
        return sheet_of(self.placeholders.row(dict(row))) if row else None

    def find_place(self, text: str) -> Place | None:
        """The place that a sentence names (« près de Dieppe », « 76 », « 27200 », old names); None without one."""
        mention = self.gazetteer.find(text)
        return mention.place if mention else None

    def mentions(self, text: str) -> Mentions:
        """The places that a message names, in order, with the part each plays: asked for, refused, lived in."""
        return mentions_in(self.gazetteer, text)

    def place(self, code: str) -> Place | None:
        """A place by its code (INSEE, département, EPCI, employment area)."""
        return self.gazetteer.by_code(code)

    def neighbours(self, rome: str, limit: int = 8) -> list[Hit]:
        """Trades near a ROME code: close ones first, then those one can evolve to."""
        with self.engine.connect() as connection:
            return neighbours(connection, self._snapshot, rome, limit)

    def related(self, sheet: Sheet, limit: int = 8) -> list[Hit]:
        """What goes with a sheet: its related trades, courses or references."""
        with self.engine.connect() as connection:
            return self.placeholders.hits(related(connection, self._snapshot, sheet, limit))

    def by_riasec(self, letters: Iterable[str] = (), tastes: Sequence[str] = (), limit: int = 10) -> list[Hit]:
        """Trades that suit RIASEC letters and tastes (keys of the content schema), best first."""
        return trades_by_taste(self._snapshot, tastes, letters=letters, limit=limit)

    def structures_for(self, place: Place, type_: str | None = None, limit: int = 5) -> list[Hit]:
        """Where people of a place are welcomed: structures that cover it, then the nearest."""
        return self.placeholders.hits(structures_for(self._snapshot, place, type_, limit))

    @property
    def agenda(self) -> Agenda:
        """The dated sessions: read where they are kept, so that what one process enters all others answer at once."""
        return Agenda(self.engine, self.gazetteer)

    @property
    def directory(self) -> Directory:
        """All establishments and desks."""
        return self.sites.directory

    def offers_of(
        self,
        sheet_key: str | Sequence[str],
        place: Place | None,
        *,
        rhythm: str | None = None,
        boarding: bool | None = None,
        departement: str | None = None,
        away_from: Sequence[Place] = (),
        near_km: float = offers.NEAR_KM,
        limit: int = 3,
        offset: int = 0,
    ) -> OfferPage:
        """Where the course of a sheet (« formation/cap-patissier », or a trade's), or of several, is taught, the nearest first.

        A place that is a département keeps what lies in it, as `departement` does. `rhythm`: initial, apprentissage,
        continue or distance. When few or none are near, `nearest` holds the nearest ones beyond.
        """
        wish = offers.Wish(place, rhythm, boarding, departement, away_from, near_km, limit, offset)
        with self.engine.connect() as connection:
            return offers.offers_of(connection, self.directory, sheet_key, wish)

    def places_at(
        self, place: Place, *, kinds: Sequence[str] = (), level: str | int | None = None, words: str = "", limit: int = 10
    ) -> SitePage:
        """What there is at a place: of some kinds (« lycee »), of a level (« bac pro », 5), about some words."""
        with self.engine.connect() as connection:
            return at.places_at(connection, self.directory, place, kinds=kinds, level=level, words=words, limit=limit)

    def taught_at(self, key: str) -> list[OfferHit]:
        """Everything that a place offers, by its key."""
        with self.engine.connect() as connection:
            return sorted(offers.offers_at(connection, self.directory, [key], None), key=lambda hit: hit.course)

    def structure_for(self, place: Place, type_: str) -> SiteHit | None:
        """The desk of a type that serves a place, with its address as far as known; None when there is none."""
        return covering.structure_for(self.directory, place, type_)

    def structures_near(self, place: Place, type_: str | Sequence[str], limit: int = 3) -> list[SiteHit]:
        """The same and the next nearest ones; of several types together when several are given."""
        return covering.structures_near(self.directory, place, type_, limit)

    def find_places(self, text: str, limit: int = 5) -> list[SiteHit]:
        """The establishments or desks that a text names (« lycée agricole de Coutances », a UAI), best first."""
        return naming.find_places(self.directory, self.gazetteer, text, limit)

    def kinds_named(self, text: str) -> list[tuple[str, ...]]:
        """The kinds of place that a text names, each as the types that answer to it."""
        return naming.kinds_named(text)

    def site(self, key: str) -> Site | None:
        """A place by its key (« uai-0140014p ») or by its structure's reference (« structure/cio-caen »)."""
        return self.directory.by_key.get(key) or self.directory.by_sheet.get(key)

    def correct_site(self, key: str, values: Mapping[str, Any], *, by: str) -> None:
        """Corrects a place (name, address, phone, hours…, `closed`) over every source; None takes a field back."""
        with self.engine.begin() as connection:
            correct_site(connection, key, values, by)
        self.sites.forget()

    @property
    def failed_sources(self) -> list[str]:
        """The sources of published data whose last refresh failed; their last good data go on answering."""
        query = select(SourceRow.id).where(SourceRow.failure != "").order_by(SourceRow.id)
        with self.engine.connect() as connection:
            return list(connection.scalars(query))

    def recruiting(self, place: Place | None, rome: str | None = None, limit: int = 5) -> list[Hiring]:
        """How many people employers mean to hire around a place (survey BMO), for a trade or for all, most first."""
        with self.engine.connect() as connection:
            return hiring.recruiting(connection, place, rome, limit)

    def refresh_if_changed(self) -> bool:
        """Answers from the newest content when another process changed it; waits for its index."""
        return self.current.refresh_if_changed()

    def refresh_soon(self) -> None:
        """The same without waiting: cheap, for every request. The newest content answers within seconds."""
        self.current.refresh_soon()


def _kinds(kinds: Kinds) -> tuple[str, ...]:
    if kinds is None:
        return ()
    return (kinds,) if isinstance(kinds, str) else tuple(kinds)
