"""What there is at a place: « bac pro à L’Aigle », « BTS à Flers », « les lycées de Vire »."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection

from knowledge_base.geo.place import Place
from knowledge_base.language import solid_words
from knowledge_base.places.directory import Directory
from knowledge_base.places.distance import distance_to, within
from knowledge_base.places.entities import OfferHit, Site, SiteHit, SitePage
from knowledge_base.places.naming import words as said_words
from knowledge_base.places.offers import FAR_AWAY, nearest_first, offers_at
from knowledge_base.text import fold

# A town's schools may stand in the next commune.
AT_KM, AROUND_KM, FURTHEST_KM, CHUNK = 7.0, 60.0, 120.0, 500
SCHOOLS = ("lycee", "lycee_pro", "lycee_agricole", "lycee_maritime", "mfr", "cfa", "iut", "universite", "ecole_sup", "ifsi")
# Levels as people say them → diplomas of the table of courses.
DIPLOMAS = {
    "cap": ("CAP", "CAP AGRICOLE"), "capa": ("CAP AGRICOLE",), "bac pro": ("BAC PRO", "2DE PRO"), "2de pro": ("2DE PRO",),
    "seconde pro": ("2DE PRO",), "bac": ("BAC GENERAL", "BAC PRO", "2DE PRO"), "bac general": ("BAC GENERAL",),
    "seconde": ("2DE GT",), "2de": ("2DE GT",), "bts": ("BTS", "BTSA"), "btsa": ("BTSA",), "but": ("BUT",), "dut": ("BUT",),
    "licence": ("LICENCE", "PASS"), "fac": ("LICENCE", "PASS"), "prepa": ("CPGE",), "cpge": ("CPGE",), "bma": ("BMA",),
    "ingenieur": ("INGENIEUR",), "ecole de commerce": ("COMMERCE",),
}  # fmt: skip


def places_at(connection: Connection, directory: Directory, place: Place, *, kinds: Sequence[str] = (),
              level: str | int | None = None, words: str = "", limit: int = 10) -> SitePage:  # fmt: skip
    """The places at (else nearest to) a place, with what they offer of the level and the words asked for."""
    sites = [site for site in _sites(directory, kinds, level, words) if site.lat is None or within(site, place, FURTHEST_KM)]
    offers = _offers(connection, directory, sites, place, level, words)
    if level is not None or words:
        sites = [site for site in sites if site.key in offers]
    hits = [_hit(site, place, offers.get(site.key, [])) for site in sites]
    hits.sort(key=lambda hit: (FAR_AWAY if hit.distance_km is None else hit.distance_km, hit.site.name))
    there = [hit for hit in hits if within(hit.site, place, AT_KM)]
    nearest = () if there else tuple(hits[:3])
    return SitePage(tuple(there[:limit]), len(there), nearest, place.name)


def _sites(directory: Directory, kinds: Sequence[str], level: str | int | None, words: str) -> list[Site]:
    if kinds:
        return [site for kind in kinds for site in directory.by_type[kind]]
    if level is not None or words:
        return list(directory.by_key.values())
    return [site for kind in SCHOOLS for site in directory.by_type[kind]]


def _offers(connection: Connection, directory: Directory, sites: list[Site], place: Place, level: str | int | None,
            words: str) -> dict[str, list[OfferHit]]:  # fmt: skip
    """Offers by site: of what is there when something fits, else of what is around."""
    found: dict[str, list[OfferHit]] = defaultdict(list)
    for reach in (AT_KM, AROUND_KM):
        keys = [site.key for site in sites if within(site, place, reach)]
        for start in range(0, len(keys), CHUNK):
            for hit in offers_at(connection, directory, keys[start : start + CHUNK], place):
                if _level_fits(hit, level) and _words_fit(hit, words):
                    found[hit.site.key].append(hit)
        if found:
            break
    return found


def _level_fits(hit: OfferHit, level: str | int | None) -> bool:
    if level is None:
        return True
    if isinstance(level, int) or level.isdigit():
        return _LEVELS.get(hit.diploma) == int(level)
    return hit.diploma in DIPLOMAS.get(fold(level), (level.upper(),))


_LEVELS = {"CAP": 3, "CAP AGRICOLE": 3, "BAC PRO": 4, "2DE PRO": 4, "BAC GENERAL": 4, "BMA": 4, "2DE GT": 4, "BTS": 5, "BTSA": 5,
           "BUT": 6, "LICENCE": 6, "PASS": 6, "DCG": 6, "DN MADE": 6, "DE": 6, "INGENIEUR": 7}  # fmt: skip


def _words_fit(hit: OfferHit, words: str) -> bool:
    spelt_out = " ".join(said_words()["teachings"].get(word, word) for word in fold(words).split())
    wanted = [word[:6] for word in solid_words(fold(spelt_out).split())]
    held = fold(f"{hit.course} {hit.detail}").split()
    return all(any(part.startswith(stem) for part in held) for stem in wanted)


def _hit(site: Site, place: Place, offers: list[OfferHit]) -> SiteHit:
    return SiteHit(site, distance_to(site, place), offers=tuple(nearest_first(offers)))
