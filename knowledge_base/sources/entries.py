"""The records of a published file, one at a time: each value read right, or what is wrong with it said with its place.

A reader takes one `Entry`. What it asks of it either comes back as it should be, or is noted (the record is taken without it), or
raises `Unreadable`: the record is then refused and listed. A record that is no business of ours (`Elsewhere`) is counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge_base.errors import ImportRefused
from knowledge_base.geo.place import distance_km
from knowledge_base.importers.dates import read_date
from knowledge_base.importers.place_book import long_form
from knowledge_base.importers.tabular import read_rows
from knowledge_base.importers.textfile import encoding_of
from knowledge_base.places.batch import Batch, CourseFact, OfferFact, SiteFact
from knowledge_base.sources.reading import NORMAN, Context, is_far, located, phone_number, site, without_cedex
from knowledge_base.text import fold

_UAI = re.compile(r"\d{7}[A-Z]")
_NORMAN_UAI = tuple(f"0{code}" for code in NORMAN)
_POSTCODE = re.compile(r"\d{5}")
_CODE = re.compile(r"\d[\dAB]\d{3}")
_DEPARTEMENT = re.compile(r"0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8]|98[4-9]|99")
_REGIONS = frozenset(map(fold, (
    "Auvergne-Rhône-Alpes", "Bourgogne-Franche-Comté", "Bretagne", "Centre-Val de Loire", "Corse", "Grand Est", "Guadeloupe",
    "Guyane", "Hauts-de-France", "Île-de-France", "La Réunion", "Martinique", "Mayotte", "Normandie", "Nouvelle-Aquitaine",
    "Occitanie", "Pays de la Loire", "Provence-Alpes-Côte d'Azur", "Polynésie française", "Nouvelle-Calédonie",
    "Saint-Pierre-et-Miquelon", "Wallis-et-Futuna", "Étranger", "Collectivités d'outre-mer", "TOM",
)))  # fmt: skip
# Longest part of a wrong value that is repeated in a report.
_SHOWN = 40


class Unreadable(Exception):
    """A record that cannot be taken; the message says why, in French."""


class Elsewhere(Exception):
    """A record of another region, or of a kind that is no business of ours."""


@dataclass
class Gathering:
    """What is read of one file: the batch, and which entry told each site and offer first."""

    path: Path
    context: Context
    batch: Batch = field(init=False)
    told: dict[tuple[str, ...], tuple[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.batch = self.context.batch()

    def rows(self, columns: Sequence[str]) -> Iterator[Entry]:
        """The rows of a CSV file, by the names of its columns. Raises ImportRefused when one of `columns` is absent."""
        for row in read_rows(self.path, columns, self.batch.report):
            yield Entry(self, row.cells, line=row.line)

    def records(self, records: Iterable[Any]) -> Iterator[Entry]:
        """The records of a list, by their number."""
        for number, record in enumerate(records, 1):
            yield Entry(self, record if isinstance(record, dict) else {}, number=number)

    def take(self, entries: Iterable[Entry], reader: Callable[[Entry], None]) -> Batch:
        """Gives every entry to the reader; those that cannot be read are refused, those of elsewhere counted."""
        for entry in entries:
            self.batch.report.read += 1
            try:
                reader(entry)
            except Unreadable as problem:
                entry.reject(str(problem))
            except Elsewhere:
                self.batch.report.ignored += 1
        self.batch.sites = list({place.key: place for place in self.batch.sites}.values())
        self.batch.offers = list({(offer.site, offer.course, offer.rhythm): offer for offer in self.batch.offers}.values())
        self.batch.courses = list({course.key: course for course in self.batch.courses}.values())
        self.batch.hiring = list(dict.fromkeys(self.batch.hiring))
        self.batch.covers = list({(cover.site, cover.territory): cover for cover in self.batch.covers}.values())
        return self.batch


@dataclass(frozen=True)
class Entry:
    """One record: its values by folded name, its line or its number."""

    of: Gathering
    values: Mapping[str, Any]
    line: int | None = None
    number: int = 0
    within: str = ""  # the file of a folder

    def text(self, name: str, default: str = "") -> str:
        """A value as text, empty when there is none."""
        value = self.values.get(name, self.values.get(fold(name), default))
        return "" if value is None else " ".join(str(value).split())

    def needed(self, *names: str) -> str:
        """The first of these that is written."""
        found = next((value for name in names if (value := self.text(name))), "")
        if not found:
            raise Unreadable(f"« {names[0]} » absent")
        return found

    def matching(self, pattern: str, name: str) -> str:
        """A value that must have a form."""
        value = self.needed(name)
        if not re.fullmatch(pattern, value):
            raise Unreadable(f"« {name} » mal formé : « {value[:_SHOWN]} »")
        return value

    def uai(self, name: str) -> str:
        """The number of a school; of several, that of Normandie."""
        numbers = self.needed(name).upper().replace(";", " ").replace(",", " ").split()
        value = next((number for number in numbers if number.startswith(_NORMAN_UAI)), numbers[0])
        if not _UAI.fullmatch(value):
            raise Unreadable(f"UAI mal formé : « {value[:_SHOWN]} »")
        return value

    def norman(self, name: str) -> str:
        """A postcode, a commune's code or a département's number of Normandie; another is of elsewhere."""
        value = self.needed(name)
        if not (_CODE.fullmatch(value) or _DEPARTEMENT.fullmatch(value)):
            raise Unreadable(f"« {name} » mal formé : « {value[:_SHOWN]} »")
        if not value.startswith(NORMAN):
            raise Elsewhere
        return value

    def of_normandie(self, name: str) -> None:
        """The name of a region."""
        value = fold(self.needed(name))
        if value not in _REGIONS:
            raise Unreadable(f"région inconnue : « {self.text(name)[:_SHOWN]} »")
        if value != "normandie":
            raise Elsewhere

    def chosen(self, name: str, known: Mapping[str, str], left_out: Sequence[str] = ()) -> str:
        """What a code of the file means here; a code of `left_out` is no business of ours, another one is refused."""
        value = self.needed(name)
        if value in left_out:
            raise Elsewhere
        if value not in known:
            raise Unreadable(f"« {name} » inconnu : « {value[:_SHOWN]} »")
        return known[value]

    def count(self, name: str) -> int | None:
        """A whole number; empty and « * » are unknown, anything else is noted."""
        value = self.text(name).replace(",", ".")
        if value in ("", "*"):
            return None
        if not re.fullmatch(r"\d+(?:\.\d*)?", value):
            self.note(f"« {name} » ignoré, ce n’est pas un nombre : « {value[:_SHOWN]} »")
            return None
        return int(float(value))

    def phone(self, name: str) -> str:
        """A telephone number as we write it."""
        value = self.text(name)
        found = phone_number(value)
        if value and not found:
            self.note(f"téléphone ignoré : « {value[:_SHOWN]} »")
        return found

    def day(self, name: str) -> date | None:
        """A day in any form; noted when it is none."""
        value = self.text(name)
        found = read_date(value) if value else None
        if value and found is None:
            self.note(f"« {name} » ignoré, ce n’est pas une date : « {value[:_SHOWN]} »")
        return found

    def point(self, lat: str, lon: str) -> tuple[float, float] | None:
        """Latitude and longitude, noted when they are no point."""
        if not lat and not lon:
            return None
        try:
            found = float(lat.replace(",", ".")), float(lon.replace(",", "."))
        except ValueError:
            self.note(f"coordonnées ignorées : « {lat[:_SHOWN]} », « {lon[:_SHOWN]} »")
            return None
        if not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
            self.note(f"coordonnées ignorées : « {lat[:_SHOWN]} », « {lon[:_SHOWN]} »")
            return None
        return found

    def place(self, name: str = "", postcode: str = "", code: str = "",
              point: tuple[float, float] | None = None) -> dict[str, object]:  # fmt: skip
        """Where it is; whatever of it cannot be right is noted."""
        communes = self.of.context.communes
        if postcode and not _POSTCODE.fullmatch(postcode):
            self.note(f"code postal mal formé : « {postcode[:_SHOWN]} »")
            postcode = ""
        if code and code not in communes.by_code:
            self.note(f"code de commune inconnu : « {code[:_SHOWN]} »")
        found = communes.find(name, postcode, code, point)
        if found is None:
            self.note(f"commune introuvable : « {f'{postcode} {name}'.strip()[:_SHOWN]} »")
        elif name and not _is_named(name, (found.name, *found.aliases)):
            self.note(f"commune « {name[:_SHOWN]} » inconnue, placée à {found.name}")
        elif found.lat is not None and found.lon is not None and point and is_far(point, (found.lat, found.lon)):
            self.note(f"coordonnées ignorées, à {distance_km(*point, found.lat, found.lon):.0f} km de {found.name}")
            point = None
        return located(communes, name=name, postcode=postcode, code=code, point=point)

    def site(self, key: str, name: str, type_: str, place: dict[str, object], **facts: object) -> SiteFact:
        """Adds a site; one that an earlier entry told otherwise is noted, the last one is kept."""
        fact = site(self.of.context, key, name, type_, place, **facts)
        self._tell(("site", key), fact)
        self.of.batch.sites.append(fact)
        return fact

    def offer(self, fact: OfferFact) -> None:
        """Adds an offer, in the same way."""
        self._tell(("offer", fact.site, fact.course, fact.rhythm), fact)
        self.of.batch.offers.append(fact)

    def course(self, key: str, label: str) -> None:
        """Adds a course that the checked table does not know."""
        if key not in self.of.context.courses:
            self.of.batch.courses.append(CourseFact(key, label))

    def _tell(self, key: tuple[str, ...], fact: Any) -> None:
        where, before = self.of.told.setdefault(key, (self.where, fact))
        if before != fact:
            other = ", ".join(name for name, value in asdict(fact).items() if getattr(before, name) != value)
            self.note(f"déjà dit autrement {where} ({other}) : la dernière ligne l’emporte")
            self.of.told[key] = (self.where, fact)

    @property
    def where(self) -> str:
        """« ligne 12 », or « enregistrement 12 » where a format has no lines."""
        within = f" de {self.within}" if self.within else ""
        return f"ligne {self.line}" if self.line else f"enregistrement {self.number}{within}"

    def note(self, problem: str) -> None:
        """Says something odd of an entry that is taken."""
        self.of.batch.report.note(self.of.path.name, self.line, self._placed(problem))

    def reject(self, problem: str) -> None:
        """Says why an entry is not taken."""
        self.of.batch.report.reject(self.of.path.name, self.line, self._placed(problem))

    def _placed(self, problem: str) -> str:
        return problem if self.line else f"{self.where} : {problem}"

    def inner(self, values: Any) -> Entry:
        """The same place in the file, with the values of something in it."""
        return replace(self, values=values if isinstance(values, dict) else {})


def _is_named(name: str, names: Iterable[str]) -> bool:
    said = long_form(without_cedex(name))
    return any(said == known or said.startswith(f"{known} ") or known.endswith(f" {said}")
               for known in map(long_form, names))  # fmt: skip


def read_json(path: Path, key: str, what: str) -> list[Any]:
    """The list under `key` of a JSON object. Raises ImportRefused."""
    try:
        records = json.loads(path.read_text(encoding=encoding_of(path)))[key]
    except json.JSONDecodeError as error:
        raise ImportRefused(f"{what} attendu, fichier abîmé ou coupé", file=path.name, line=error.lineno) from error
    except (KeyError, TypeError, RecursionError) as error:
        raise ImportRefused(f"{what} attendu, fichier d’un autre format", file=path.name) from error
    if not isinstance(records, list):
        raise ImportRefused(f"{what} attendu, fichier d’un autre format", file=path.name)
    return records
