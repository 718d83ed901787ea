"""The search under its two promised loads, in this process: thousands of names of trades, and 200,000 courses.

Synthetic sheets, so that the bench needs no published file; places are those of the shipped gazetteer.
"""

from __future__ import annotations

import itertools
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from knowledge_base.evaluation.misspelling import one_slip
from knowledge_base.facade import KnowledgeBase
from knowledge_base.meta import Edition, bump_version
from knowledge_base.models import PlaceRow, TradeTitleRow
from knowledge_base.report import Report
from knowledge_base.schema_kinds import MetierData
from knowledge_base.search.build import write_index
from knowledge_base.search.content import Content
from knowledge_base.search.documents import OFFER_ORIGIN, Entry, read_entries
from knowledge_base.search.searching import Filters, search
from knowledge_base.search.snapshot import Snapshot
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_writer import SheetWriter
from knowledge_base.text import fold

TITLES, COURSES, ASKED = 11_000, 200_000, 300
_WHO = ("Agent", "Aide", "Chef", "Conducteur", "Conseiller", "Ingénieur", "Monteur", "Ouvrier", "Responsable", "Technicien")
_DOES = ("contrôle", "découpe", "montage", "conduite", "entretien", "réglage", "vente", "soin", "pose", "essai", "chantier")
_WHAT = ("bois", "charpente", "menuiserie", "toiture", "moteur", "navire", "tissu", "cuir", "fromage", "pain", "viande",
         "légume", "cheval", "forêt", "jardin", "réseau", "logiciel", "image", "son", "musée", "caisse", "paie", "béton",
         "peinture", "carrelage", "chauffage", "fibre", "colis", "camion", "avion")  # fmt: skip
_HOW = ("", "de nuit", "en atelier", "à domicile", "en série", "de précision")


@dataclass(frozen=True)
class SearchLoad:
    """p95 in milliseconds of a misspelt name, and the seconds that building the index took."""

    names: int
    p95: float
    build_seconds: float


def trade_names() -> Iterator[str]:
    """Names of trades, all different."""
    parts = itertools.product(_WHO, _DOES, _WHAT, _HOW)
    return (" ".join(f"{who} de {does} {what} {how}".split()) for who, does, what, how in parts)


def search_at_titles(kb: KnowledgeBase, folder: Path) -> SearchLoad:
    """11,000 names of trades beside the shipped sheets of all kinds; the learned guess has no part in it."""
    codes = [f"{letter}{number:04}" for letter in "ABCDEFGHIJKLMN" for number in range(1101, 1139)]
    names = list(itertools.islice(trade_names(), TITLES))
    rows = [{"origin": "bench", "code": str(at), "title": name, "rome": codes[at % len(codes)]} for at, name in enumerate(names)]
    with kb.engine.begin() as connection:
        writer = SheetWriter(connection, "rome", "rome", Report("bench"))
        for code in codes:
            writer.add(Sheet(kind="metier", id=code.lower(), title=f"Famille {code}", summary="Un métier.", rome=[code],
                             origin="rome", data=MetierData()))
        writer.finish()
        connection.execute(insert(TradeTitleRow), rows)
        bump_version(connection)
        return _measured(connection, kb, folder, names, [])


def search_at_courses(kb: KnowledgeBase, folder: Path) -> SearchLoad:
    """200,000 courses in the communes of Normandie."""
    with kb.engine.connect() as connection:
        query = select(PlaceRow.name, PlaceRow.lat, PlaceRow.lon).where(PlaceRow.kind == "commune", PlaceRow.lat.is_not(None))
        places = connection.execute(query).tuples().all()
        names = [f"CAP {name.lower()}" for name in itertools.islice(trade_names(), COURSES // 20)]
        courses = (_course(number, names[number % len(names)], places[number % len(places)]) for number in range(COURSES))
        return _measured(connection, kb, folder, names, courses)


def _course(number: int, title: str, place: tuple[str, float, float]) -> Entry:
    name, lat, lon = place
    card: dict[str, Any] = {
        "kind": "formation", "id": f"lheo-{number}", "title": title, "text": title, "rome": [], "subtitle": name, "url": "",
        "source": None, "level": "offre", "origin": OFFER_ORIGIN, "place": name, "commune": None, "lat": lat, "lon": lon,
    }  # fmt: skip
    return Entry(card, [(title, fold(title))], "kind:formation", "", lat, lon)


def _measured(connection: Connection, kb: KnowledgeBase, folder: Path, names: list[str], more: Any) -> SearchLoad:
    started = time.perf_counter()
    write_index(itertools.chain(read_entries(connection), more), folder, Edition("bench", "", 0))
    seconds = time.perf_counter() - started
    content = Content(Snapshot(folder), kb.gazetteer)
    dice = random.Random(20261126)
    asked = [one_slip(name, dice) for name in dice.sample(names, ASKED)]
    for text in asked[:50]:
        search(content, text, Filters(), 10)
    times = [_timed(content, text) for text in asked]
    return SearchLoad(len(content.snapshot.names), statistics.quantiles(times, n=20)[18], seconds)


def _timed(content: Content, text: str) -> float:
    started = time.perf_counter()
    search(content, text, Filters(), 10)
    return (time.perf_counter() - started) * 1000
