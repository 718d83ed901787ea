"""The facts that one edition of one source holds, whatever its format: what every importer makes and the store takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from knowledge_base.report import Report


@dataclass(frozen=True)
class SiteFact:
    """An establishment or a desk. Empty strings are unknown; `commune` is an INSEE code; `as_of` dates this very fact."""

    key: str
    name: str
    type: str
    address: str = ""
    postcode: str = ""
    commune: str = ""
    commune_name: str = ""
    lat: float | None = None
    lon: float | None = None
    exact: bool = False
    phone: str = ""
    website: str = ""
    hours: str = ""
    boarding: str = ""
    url: str = ""
    also: tuple[str, ...] = ()
    as_of: date | None = None


@dataclass(frozen=True)
class OfferFact:
    """A course at a site in one rhythm (initial, apprentissage, continue, distance)."""

    site: str
    course: str
    rhythm: str
    detail: str = ""
    capacity: int | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class CourseFact:
    """A course that a source names. `sheets`: (« formation/… », "est" or "mene")."""

    key: str
    label: str
    diploma: str = ""
    level: int | None = None
    rncp: str = ""
    sheets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CoverFact:
    """A territory (INSEE, EPCI or département code) that a site serves."""

    site: str
    territory: str
    as_of: date | None = None


@dataclass(frozen=True)
class HiringFact:
    """One job in one employment area: projects of the year, those expected hard, the seasonal ones; None is secret."""

    area: str
    area_name: str
    departement: str
    job: str
    job_name: str
    year: int
    projects: int | None
    hard: int | None
    seasonal: int | None


@dataclass
class Batch:
    """Everything one source says, of one date. `report`: what could not be read, with its line."""

    source: str
    dated: date
    sites: list[SiteFact] = field(default_factory=list)
    offers: list[OfferFact] = field(default_factory=list)
    courses: list[CourseFact] = field(default_factory=list)
    covers: list[CoverFact] = field(default_factory=list)
    hiring: list[HiringFact] = field(default_factory=list)
    jobs: list[tuple[str, str]] = field(default_factory=list)
    report: Report = field(default_factory=lambda: Report(""))

    @property
    def facts(self) -> int:
        """How many facts there are: what a shrinking source is measured by."""
        return len(self.sites) + len(self.offers) + len(self.covers) + len(self.hiring) + len(self.jobs)
