"""A place and the distance between two."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Any, Literal

PlaceKind = Literal["commune", "departement", "epci", "bassin"]
EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Place:
    """A commune, département, EPCI or employment area. `lat`, `lon` in degrees (WGS 84), None when unknown."""

    name: str
    code: str
    kind: PlaceKind
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    departement: str | None = None
    epci: str | None = None
    bassin: str | None = None
    postcodes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = field(default=(), repr=False)

    def to_slot(self) -> dict[str, Any]:
        """The form in which conversations keep a place."""
        return {
            "name": self.name,
            "code": self.code,
            "kind": self.kind,
            "lat": self.lat,
            "lon": self.lon,
            "departement": self.departement,
        }

    @property
    def codes(self) -> frozenset[str]:
        """Every code by which a structure may say that it covers this place."""
        return frozenset(code for code in (self.code, self.departement, self.epci, self.bassin) if code)


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance in kilometres (haversine)."""
    half_lat = sin(radians(lat_b - lat_a) / 2) ** 2
    half_lon = sin(radians(lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half_lat + cos(radians(lat_a)) * cos(radians(lat_b)) * half_lon))
