"""A small hand-written knowledge base with real sheets: enough for each answer, and nothing to open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.fold import fold, has_word
from knowledge_base.agenda.store import Session, Wish
from knowledge_base.geo.mentions import Mentioned, Mentions
from knowledge_base.hits import Hit, SearchPage
from knowledge_base.places.entities import OfferPage, SiteHit, SitePage
from knowledge_base.schema import Source
from knowledge_base.schema_kinds import data_model
from knowledge_base.search.needs.api import Found
from knowledge_base.search.needs.finder import Need
from knowledge_base.sheet import Sheet

_TELLING = 5  # letters of a word that tells something
SOURCE = Source(name="Onisep", url="https://www.onisep.fr", collected_on=date(2026, 3, 3))


def sheet(kind: str, sheet_id: str, title: str, summary: str = "Une phrase.", **more: Any) -> Sheet:
    """A sheet; what is no common field is data of its kind. `source=None` makes an unsourced one."""
    named = ("also", "rome", "topics", "source", "valid_until", "links", "questions", "publics")
    common = {name: more.pop(name) for name in named if name in more}
    common.setdefault("source", SOURCE)
    data = data_model(kind, more)  # type: ignore[arg-type]
    return Sheet(kind=kind, id=sheet_id, title=title, summary=summary, data=data, **common)  # type: ignore[arg-type]


@dataclass(frozen=True)
class FakePlace:
    """A commune as the knowledge base gives it."""

    name: str
    code: str
    kind: str = "commune"
    lat: float = 49.0
    lon: float = 0.5


@dataclass
class FakeAgenda:
    """The sessions of a kind and place are those given."""

    sessions: list[Session] = field(default_factory=list)

    def upcoming(self, wish: Wish | None = None) -> list[Session]:
        """What lies in the place's commune, or all."""
        return [one for one in self.sessions if wish is None or wish.place is None or one.commune == wish.place.code]


@dataclass
class FakeKnowledge:
    """Names are matched as whole words in the folded sentence. Scores are what the search gives: 1 for a name alone, 0.99 when
    nothing else in the sentence tells anything, down to 0.6 the more it tells beside; 0.4 to 0.6 for a word in common."""

    sheets: list[Sheet] = field(default_factory=list)
    places: list[FakePlace] = field(default_factory=list)
    searches: list[dict[str, Any]] = field(default_factory=list)
    # What each message needs, as the ranking would tell; a message that is not here needs nothing.
    needed: dict[str, Found] = field(default_factory=dict)
    offers: dict[str, OfferPage] = field(default_factory=dict)
    desks: dict[str, list[SiteHit]] = field(default_factory=dict)
    agenda: FakeAgenda = field(default_factory=lambda: FakeAgenda())

    def asks(self, text: str, *needs: Need, places: Sequence[Any] = (), away_from: Sequence[Any] = (), named: bool = True,
             follow_up: bool = False, bare: bool = False, near: Sequence[str] = (), surely: float = 0.0) -> None:  # fmt: skip
        """Says what a message needs."""
        points = needs[0].points if needs else ()
        self.needed[text] = Found(needs, tuple(places), tuple(away_from), points, follow_up, tuple(near), named, bare,
                                  surely=surely)

    def needs(self, text: str, subject: str | None = None) -> Found:
        """What was said of the message; the places that it names when nothing was."""
        place = self.find_place(text)
        return self.needed.get(text, Found(places=(place,) if place else ()))  # type: ignore[arg-type]

    def mentions(self, text: str) -> Mentions:
        """The places said of the message, else the one that stands in it; the other words are those typed."""
        found = self.needed.get(text)
        asked = found.places if found is not None else tuple(filter(None, [self.find_place(text)]))
        away = found.away_from if found is not None else ()
        named = [*(Mentioned(place, "asked", 0, 1) for place in asked), *(Mentioned(place, "refused", 0, 1) for place in away)]  # type: ignore[arg-type]
        return Mentions(tuple(named), "normandie" in fold(text), fold(text), fold(text))

    def kinds_named(self, text: str) -> list[tuple[str, ...]]:
        """No kind of place is named."""
        return []

    def offers_of(
        self, sheet_key: str | Sequence[str], place: Any, *, rhythm: str | None = None, boarding: bool | None = None,
        departement: str | None = None, away_from: Sequence[Any] = (), near_km: float = 60.0, limit: int = 3,
    ) -> OfferPage:  # fmt: skip
        """The page given for the sheet, or for the first of several that has one; an empty one otherwise."""
        keys = [sheet_key] if isinstance(sheet_key, str) else sheet_key
        self.searches.append({"offers": keys[0], "place": place, "rhythm": rhythm, "boarding": boarding, "away": away_from})
        return next((self.offers[key] for key in keys if key in self.offers), OfferPage(keys[0]))

    def places_at(self, place: Any, *, kinds: Sequence[str] = (), level: str | int | None = None, words: str = "") -> SitePage:
        """Nothing is known of what there is."""
        return SitePage(place_name=place.name)

    def structures_near(self, place: Any, type_: str | Sequence[str], limit: int = 3) -> list[SiteHit]:
        """The desks given for a type."""
        return self.desks.get(type_ if isinstance(type_, str) else type_[0], [])

    def find_places(self, text: str, limit: int = 5) -> list[SiteHit]:
        """No establishment is named."""
        return []

    def site(self, key: str) -> Any:
        """No structure has a place of its own here."""
        return None

    def recruiting(self, place: Any, rome: str | None = None) -> list[Any]:
        """No survey."""
        return []

    def sheet(self, kind: str, sheet_id: str) -> Sheet | None:
        """By reference."""
        return next((item for item in self.sheets if (item.kind, item.id) == (kind, sheet_id)), None)

    def link(self, text: str, kinds: Sequence[str]) -> list[Hit]:
        """Sheets of these kinds whose title or other name stands in the text."""
        found = [self.hit(item, self._score(text, item)) for item in self.sheets if item.kind in kinds]
        return sorted((hit for hit in found if hit.score), key=lambda hit: -hit.score)

    def search(self, query: str, *, kind: Any = None, limit: int = 10, **filters: Any) -> SearchPage:
        """The linked sheets, then all that share a word with the query."""
        self.searches.append({"query": query, "kind": kind, **filters})
        kinds = [kind] if isinstance(kind, str) else list(kind)
        wanted = set(fold(query).split())
        hits = self.link(query, kinds)
        known = {hit.id for hit in hits}
        others = [item for item in self.sheets if item.kind in kinds and item.id not in known]
        shared = [(item, wanted & set(fold(item.title).split())) for item in others]
        hits += [self.hit(item, 0.4 + 0.2 * len(words) / len(wanted)) for item, words in shared if words]
        return SearchPage(query, len(hits), hits[:limit])

    def hit(self, item: Sheet, score: float = 0.9) -> Hit:
        """A sheet as a search result."""
        card = item.to_card()
        return Hit(score=score, level=card.pop("level", None), place=item.place, **card)

    def find_place(self, text: str) -> FakePlace | None:
        """A place whose name stands in the text."""
        return next((place for place in self.places if has_word(fold(text), fold(place.name))), None)

    def place(self, code: str) -> FakePlace | None:
        """By code."""
        return next((place for place in self.places if place.code == code), None)

    def neighbours(self, rome: str) -> list[Hit]:
        """Trades with another ROME code of the same letter."""
        near = [item for item in self.sheets if item.kind == "metier" and item.rome and item.rome[0] != rome]
        return [self.hit(item) for item in near if item.rome[0][0] == rome[0]]

    def related(self, sheet: Any, limit: int = 8) -> list[Hit]:
        """The trades that a trade's sheet names, and its courses."""
        named = [*getattr(sheet.data, "related", ()), *getattr(getattr(sheet.data, "access", None), "formations", ())]
        return [self.hit(item) for item in self.sheets if item.id in named][:limit]

    def by_riasec(self, letters: Sequence[str], tastes: Sequence[str], limit: int) -> list[Hit]:
        """Trades that share a taste, or a letter when no taste is said."""
        trades = [item for item in self.sheets if item.kind == "metier"]
        liked = [item for item in trades if set(item.data.tastes) & set(tastes) or set(item.data.riasec) & set(letters)]  # type: ignore[attr-defined]
        return [self.hit(item) for item in liked][:limit]

    def structures_for(self, place: Any, type_: str | None) -> list[Hit]:
        """Structures of the type that cover the place."""
        found = [item for item in self.sheets if item.kind == "structure"]
        kept = [item for item in found if place.code in item.data.covers and type_ in (None, item.data.type)]  # type: ignore[attr-defined]
        return [self.hit(item) for item in kept]

    def refresh_soon(self) -> None:
        """Nothing ever changes here."""

    def _score(self, text: str, item: Sheet) -> float:
        folded = fold(text)
        names = [fold(name) for part in (item.title, *item.also) for name in part.split(" / ")]
        if folded in names:
            return 1.0
        told = [word for word in folded.split() if len(word) >= _TELLING]
        return max((_inside(name, told) for name in names if has_word(folded, name)), default=0.0)


def _inside(name: str, told: Sequence[str]) -> float:
    """0.99 for a name that is all that a sentence tells, 0.6 for one among very much."""
    share = min(1.0, len([word for word in name.split() if len(word) >= _TELLING]) / max(1, len(told)))
    return round(0.6 + 0.39 * share, 3)
