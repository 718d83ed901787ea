"""« au Havre », « dans la Manche », « près d'Évreux »: a place in a sentence."""

from __future__ import annotations

import re
from typing import Any

_DEPARTEMENTS = {
    "Calvados": "dans le Calvados",
    "Eure": "dans l’Eure",
    "Manche": "dans la Manche",
    "Orne": "dans l’Orne",
    "Seine-Maritime": "en Seine-Maritime",
}
_ARTICLES = (("Le ", "au ", "du "), ("Les ", "aux ", "des "))
_VOWEL = re.compile(r"^[AEIOUYÀÂÉÈÊËÎÏÔÙÛ]")


def place_fields(place: dict[str, Any] | None) -> dict[str, str]:
    """The fields `at` and `near` of the sentences; empty without a place."""
    if not place or not place.get("code"):
        return {}
    return {"at": _at(place), "near": _near(place)}


def _at(place: dict[str, Any]) -> str:
    name = str(place["name"])
    if place.get("kind") == "departement":
        return _DEPARTEMENTS.get(name, f"dans le département {name}")
    if place.get("kind") in ("epci", "bassin"):
        return f"dans le secteur de {name}"
    for article, at, _ in _ARTICLES:
        if name.startswith(article):
            return at + name.removeprefix(article)
    return f"à {name}"


def _near(place: dict[str, Any]) -> str:
    name = str(place["name"])
    if place.get("kind") != "commune":
        return _at(place)
    for article, _, of in _ARTICLES:
        if name.startswith(article):
            return f"près {of}{name.removeprefix(article)}"
    return f"près d’{name}" if _VOWEL.match(name) else f"près de {name}"
