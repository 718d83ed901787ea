"""All places in memory, and the one that a sentence names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from knowledge_base.geo.place import Place
from knowledge_base.models import PlaceRow
from language.places import KnownPlace, PlaceNames, normal_name

_KINDS = {"commune": 0, "departement": 1, "epci": 2, "bassin": 3}
_EPCI_FORM = re.compile(r"^(ca|cc|cu|communaute (de communes|d agglomeration|urbaine)) (de la |de |du |des |d )?")


@dataclass(frozen=True)
class Mention:
    """A place named in a text: words `start` to `end` (end excluded) of the folded text, preposition included."""

    place: Place
    start: int
    end: int


class Gazetteer:
    """Read-only and thread-safe once built. `names` is what `language` reads the places of a text with."""

    def __init__(self, places: list[Place]) -> None:
        ordered = sorted(places, key=lambda item: (_KINDS[item.kind], -item.population))
        self._by_code: dict[str, Place] = {}
        for place in ordered:
            self._by_code.setdefault(place.code, place)
        names: dict[str, list[KnownPlace]] = defaultdict(list)
        for place in ordered:
            for form in _forms(place):
                names[form].append(KnownPlace(place.code, place.kind, place.population))
        self.names = PlaceNames(names, {**{code: code for code in self._by_code if len(code) == 5}, **_postcodes(ordered)})

    @property
    def places(self) -> list[Place]:
        """All places, largest communes first."""
        return list(self._by_code.values())

    def by_code(self, code: str) -> Place | None:
        """The place of a code: INSEE, département number, SIREN of an EPCI or code of an employment area."""
        return self._by_code.get(code)

    def __len__(self) -> int:
        return len(self._by_code)

    def find(self, text: str) -> Mention | None:
        """The place named in a sentence, None when there is none."""
        found = self.names.find(text)
        place = self._by_code.get(found.code) if found and found.code else None
        return Mention(place, found.start, found.end) if found and place else None


def _forms(place: Place) -> Iterator[str]:
    """A place's names as people write them, each once."""
    forms = [normal_name(name) for name in (place.name, *place.aliases)]
    if place.kind == "epci":
        forms += [_EPCI_FORM.sub("", form) for form in forms]
    yield from (form for form in dict.fromkeys(forms) if form)


def _postcodes(places: list[Place]) -> dict[str, str]:
    # A postcode of several communes means the largest.
    return {postcode: place.code for place in reversed(places) for postcode in place.postcodes}


def read_gazetteer(connection: Connection) -> Gazetteer:
    """All places that are not retired."""
    rows = connection.execute(select(PlaceRow.__table__).where(PlaceRow.retired_on.is_(None))).mappings()
    return Gazetteer([_place(row) for row in rows])


def _place(row: object) -> Place:
    values = dict(row)  # type: ignore[call-overload]
    return Place(
        name=values["name"],
        code=values["code"],
        kind=values["kind"],
        lat=values["lat"],
        lon=values["lon"],
        population=values["population"],
        departement=values["departement"],
        epci=values["epci"],
        bassin=values["bassin"],
        postcodes=tuple(values["postcodes"]),
        aliases=tuple(values["aliases"]),
    )
