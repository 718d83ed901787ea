"""Places, offers and answers about them, as the rest of the helpline sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge_base.places.credit import Credit

# A telephone, an hour or a boarding house read longer ago than this is not shown any more.
FRESH_DAYS = 730


@dataclass(frozen=True)
class Site:
    """An establishment or a desk, all sources taken together and the agency's corrections on top.

    Only what may be shown is filled: an old telephone is left out. `address_year` is set when the address is old
    enough to say its year. `sheet` is the structure's sheet (« structure/… ») when there is one.
    """

    key: str
    name: str
    type: str
    address: str = ""
    postcode: str = ""
    commune: str = ""
    commune_code: str = ""
    lat: float | None = None
    lon: float | None = None
    exact: bool = False
    phone: str = ""
    website: str = ""
    hours: str = ""
    boarding: str = ""
    url: str = ""
    also: tuple[str, ...] = ()
    sheet: str = ""
    as_of: date = date(2000, 1, 1)
    address_year: int | None = None
    credit: Credit = field(default_factory=Credit)
    territories: frozenset[str] = frozenset()

    @property
    def departement(self) -> str:
        """The number of its département, empty when unknown."""
        return (self.commune_code or self.postcode)[:2]

    @property
    def uai(self) -> str:
        """The number of an establishment in the national directory, empty for a desk."""
        return self.key.removeprefix("uai-").upper() if self.key.startswith("uai-") else ""

    @property
    def has_boarding(self) -> bool | None:
        """Whether pupils can board there; None when no source says so."""
        return None if not self.boarding else not self.boarding.startswith("sans")

    @property
    def town_line(self) -> str:
        """« 76400 Fécamp », as far as known."""
        return f"{self.postcode} {self.commune}".strip()

    def to_place(self, distance_km: float | None = None) -> dict[str, Any]:
        """The `place` of the contract's card."""
        place: dict[str, Any] = {
            "name": self.name, "address": self.address, "postcode": self.postcode, "commune": self.commune,
            "as_of": self.as_of.isoformat(),
        }  # fmt: skip
        optional = {"distance_km": distance_km, "phone": self.phone, "hours": self.hours, "website": self.website,
                    "boarding": self.has_boarding, "lat": self.lat, "lon": self.lon}  # fmt: skip
        return place | {name: value for name, value in optional.items() if value not in (None, "")}


@dataclass(frozen=True)
class OfferHit:
    """A course at a place. `note` is the caveat to show with it; `leads` means a first year that leads to what was asked."""

    site: Site
    course: str
    sheet: str
    rhythms: tuple[str, ...]
    as_of: date
    credit: Credit
    distance_km: float | None = None
    detail: str = ""
    capacity: int | None = None
    diploma: str = ""
    note: str = ""
    leads: bool = False

    def to_offer(self) -> dict[str, Any]:
        """The `offer` of the contract's search result."""
        offer: dict[str, Any] = {"sheet": self.sheet, "rhythm": list(self.rhythms), "as_of": self.as_of.isoformat()}
        if self.site.has_boarding is not None:
            offer["boarding"] = self.site.has_boarding
        return offer


@dataclass(frozen=True)
class OfferPage:
    """The places of a course, nearest first. When `hits` are few or none, `nearest` holds the next ones, further away.

    `total`: how many places answer all that was asked (département, rhythm…); `known`: how many places of Normandie
    offer the course at all. `boarding_unknown`: a boarding house was asked for and no source says who has one.
    """

    sheet: str
    hits: tuple[OfferHit, ...] = ()
    total: int = 0
    known: int = 0
    nearest: tuple[OfferHit, ...] = ()
    place_name: str = ""
    boarding_unknown: bool = False

    @property
    def further(self) -> int:
        """How many more there are after the ones shown."""
        return max(0, self.total - len(self.hits)) if self.hits else 0


@dataclass(frozen=True)
class SiteHit:
    """A place found, with what it offers when that was asked, how far it is, and why it came up."""

    site: Site
    distance_km: float | None = None
    why: str = ""
    covers: bool = False
    score: float = 1.0
    offers: tuple[OfferHit, ...] = ()


@dataclass(frozen=True)
class SitePage:
    """Places found at or near a place; `nearest` is filled when none is there."""

    hits: tuple[SiteHit, ...] = ()
    total: int = 0
    nearest: tuple[SiteHit, ...] = ()
    place_name: str = ""


@dataclass(frozen=True)
class Hiring:
    """What employers of an area said of a job for a year. Numbers are None when the survey keeps them secret."""

    area: str
    job: str
    year: int
    projects: int | None
    hard: int | None
    seasonal: int | None
    credit: Credit

    @property
    def hard_share(self) -> int | None:
        """The share of projects expected to be hard to fill, in per cent."""
        return round(100 * self.hard / self.projects) if self.projects and self.hard is not None else None
