"""A small map of Normandie as SVG, drawn by us: schematic départements, numbered places; readable without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from pathlib import Path
from xml.sax.saxutils import escape

from language.yml import read_yml

CONTOURS = Path(__file__).with_name("contours.yml")
WIDTH, HEIGHT = 480, 372
_WEST, _EAST, _SOUTH, _NORTH = -2.05, 1.95, 48.12, 50.15
_SCALE = WIDTH / ((_EAST - _WEST) * cos(radians(49.2)))
_NAMES = {"14": "Calvados", "27": "Eure", "50": "Manche", "61": "Orne", "76": "Seine-Maritime"}


@dataclass(frozen=True)
class Pin:
    """A numbered place of the map; `name` is read out and shown when pointed at."""

    number: int
    name: str
    lat: float
    lon: float


def region_map(pins: Sequence[Pin], *, here: tuple[float, float] | None = None, title: str = "Carte de la Normandie") -> str:
    """The SVG. `here` is the place that was asked for, drawn as a cross. No style attribute: page rules forbid them."""
    parts = [
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title, {chr(34): "&quot;"})}"'
        ' xmlns="http://www.w3.org/2000/svg">',
        *(_departement(code, points) for code, points in _contours().items()),
    ]
    if here:
        x, y = _at(*here)
        parts.append(f'<path class="here" d="M{x - 5:.0f} {y:.0f}h10M{x:.0f} {y - 5:.0f}v10"/>')
    parts += [_pin(pin) for pin in reversed(pins)]
    return "".join([*parts, "</svg>"])


def _departement(code: str, points: list[list[float]]) -> str:
    outline = " ".join(f"{x:.0f},{y:.0f}" for x, y in (_at(lat, lon) for lon, lat in points))
    middle_lon = sum(lon for lon, _ in points) / len(points)
    middle_lat = sum(lat for _, lat in points) / len(points)
    x, y = _at(middle_lat, middle_lon)
    return f'<polygon class="land" points="{outline}"/><text class="area" x="{x:.0f}" y="{y:.0f}">{_NAMES[code]}</text>'


def _pin(pin: Pin) -> str:
    x, y = _at(pin.lat, pin.lon)
    return (
        f'<g class="pin"><title>{pin.number}. {escape(pin.name)}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="8"/>'
        f'<text x="{x:.1f}" y="{y + 3.5:.1f}">{pin.number}</text></g>'
    )


def _at(lat: float, lon: float) -> tuple[float, float]:
    return (lon - _WEST) * cos(radians(49.2)) * _SCALE, (_NORTH - lat) * _SCALE


@lru_cache(maxsize=1)
def _contours() -> dict[str, list[list[float]]]:
    contours: dict[str, list[list[float]]] = read_yml(CONTOURS.read_text(encoding="utf-8"))
    return contours
