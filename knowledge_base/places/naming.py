"""The establishment that a text names: by its number, by the name it bears, or by its kind and a town."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.geo.place import Place
from knowledge_base.places.covering import structures_near
from knowledge_base.places.directory import Directory
from knowledge_base.places.distance import distance_to
from knowledge_base.places.entities import Site, SiteHit
from knowledge_base.text import fold
from language.contractions import contracted
from language.yml import read_yml

WORDS = Path(__file__).with_name("words.yml")
_UAI = re.compile(r"\b(\d{7}[a-z])\b")
# From here on a name is plainly meant; a place of another kind or of another town is worth less.
SURE, OTHER_KIND, OTHER_TOWN, SAME_TOWN = 0.45, 0.7, 0.5, 1.15
# « j'ai arrêté le lycée, j'habite Gisors » names the kind of place and the town: less than a name.
OF_ITS_KIND = 0.75
# Without a kind of place, one word is anybody's: only a name this rare, of a school, may stand alone.
RARE, NOTED_TYPES = 2, ("ecole_sup", "universite")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The editable words of `words.yml`; `generic` as a set, patterns compiled."""
    raw: dict[str, Any] = read_yml(WORDS.read_text(encoding="utf-8"))
    patterns = [(re.compile(rf"\b(?:{item['say']})\b"), tuple(item["types"])) for item in raw["types"]]
    return raw | {"types": patterns, "generic": frozenset(raw["generic"].split())}


def types_named(folded: str) -> tuple[str, ...]:
    """The kinds of place that a folded text names."""
    return next((types for pattern, types in words()["types"] if pattern.search(folded)), ())


def kinds_named(text: str) -> list[tuple[str, ...]]:
    """Every kind of place that a text names (« le CIO ou la mission locale »), those that are only part of another left out."""
    folded, found = fold(text), []
    for pattern, types in words()["types"]:
        if pattern.search(folded):
            found.append(types)
            folded = pattern.sub(" ", folded)
    return found


def find_places(directory: Directory, gazetteer: Gazetteer, text: str, limit: int = 5) -> list[SiteHit]:
    """The places that a text names, best first; empty when it names none. The kind of place or its name must be said."""
    folded = fold(text)
    number = _UAI.search(folded)
    if number and f"uai-{number.group(1)}" in directory.by_key:
        return [SiteHit(directory.by_key[f"uai-{number.group(1)}"], why="Par son numéro")]
    types, mention = types_named(folded), gazetteer.find(text)
    place = mention.place if mention else None
    if types and not any(directory.by_type.get(kind) for kind in types):
        return []
    there = _in_town(directory, types, place)
    # « lycée Tocqueville »: a name that is also that of a village without such a place.
    if place is not None and types and not there:
        hits = [hit for hit in _by_name(directory, folded, types, None, set()) if hit.site.type in types]
        if hits:
            return hits[:limit]
    return _by_name(directory, folded, types, place, _words_of(place))[:limit] or there[:limit] or _around(
        directory, types, place, limit
    )


def _words_of(place: Place | None) -> set[str]:
    return set() if place is None else {word for name in (place.name, *place.aliases) for word in fold(name).split()}


def _in_town(directory: Directory, types: tuple[str, ...], place: Place | None) -> list[SiteHit]:
    if place is None:
        return []
    order = {kind: position for position, kind in enumerate(types)}
    there = [site for site in directory.by_commune[place.code] if site.type in order]
    there.sort(key=lambda site: (order[site.type], not site.address, site.name))
    return [SiteHit(site, 0.0, f"À {place.name}", score=OF_ITS_KIND) for site in there]


def _around(directory: Directory, types: tuple[str, ...], place: Place | None, limit: int) -> list[SiteHit]:
    sites = [site for kind in types for site in directory.by_type[kind]]
    if place is None:
        return [SiteHit(site, None, "Par son genre", score=SURE) for site in sites] if len(sites) <= limit else []
    served = [hit for hit in structures_near(directory, place, types[0], limit) if hit.covers] if types else []
    if served:
        return served
    near = [(distance, site) for site in sites if (distance := distance_to(site, place)) is not None]
    near.sort(key=lambda item: (item[0], item[1].name))
    return [SiteHit(site, distance, contracted(f"À {distance:.0f} km de {place.name}"), score=0.6)
            for distance, site in near[:limit]]


class _Index:
    """The telling words of the names of all sites, and how telling each word is."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self.names: dict[str, list[frozenset[str]]] = {}
        self.sites: dict[str, set[str]] = defaultdict(set)
        for site in sites:
            town = set(fold(site.commune).split())
            self.names[site.key] = [own for name in (site.name, *site.also) if (own := _telling(name, town))]
            for word in {word for own in self.names[site.key] for word in own}:
                self.sites[word].add(site.key)
        self._counts = Counter({word: len(keys) for word, keys in self.sites.items()})

    def weight(self, word: str) -> float:
        """Large for a word that few names hold."""
        return math.log(1 + len(self.names) / max(1, self._counts[word]))

    def count(self, word: str) -> int:
        """How many sites bear the word."""
        return self._counts[word]

    def score(self, key: str, said: set[str]) -> tuple[float, int]:
        """(share of the weight of its best matching name that was said, how many of its words)."""
        best = (0.0, 0)
        for own in self.names[key]:
            found = own & said
            share = sum(map(self.weight, found)) / sum(map(self.weight, own))
            best = max(best, (share, len(found)))
        return best


def _telling(name: str, town: set[str]) -> frozenset[str]:
    kept = {word for word in fold(name).split() if len(word) > 2} - words()["generic"]
    return frozenset(kept - town or kept)


@lru_cache(maxsize=2)
def _index(directory: Directory) -> _Index:
    return _Index(directory.by_key.values())


def _by_name(
    directory: Directory, folded: str, types: tuple[str, ...], place: Place | None, without: set[str]
) -> list[SiteHit]:
    index = _index(directory)
    said = {word for word in folded.split() if len(word) > 2} - words()["generic"] - without
    keys = {key for word in said for key in index.sites.get(word, ())}
    hits = [_scored(directory.by_key[key], index, said, types, place) for key in keys]
    return sorted((hit for hit in hits if hit.score >= SURE), key=lambda hit: (-hit.score, hit.site.name))


def _scored(site: Site, index: _Index, said: set[str], types: tuple[str, ...], place: Place | None) -> SiteHit:
    score, matched = index.score(site.key, said)
    if types:
        score *= 1.0 if site.type in types else OTHER_KIND
    elif matched < 2 and not (site.type in NOTED_TYPES and min(map(index.count, said & set(index.sites))) <= RARE):
        score = 0.0
    if place is not None:
        score *= SAME_TOWN if place.code in (site.commune_code, site.departement) else OTHER_TOWN
    return SiteHit(site, distance_to(site, place), "Par son nom", score=min(1.0, score))
