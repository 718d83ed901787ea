"""Missions locales: their seats, and which one serves each commune (UNML)."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.places.batch import Batch, CoverFact
from knowledge_base.sources.entries import Entry, Gathering
from knowledge_base.sources.reading import Context, of_town, tidy_address

TYPE = "mission_locale"
_SEAT = ["Code ML", "Nom Officiel ML", "Adresse ML", "Code Postal ML", "Ville ML"]
_NAMES = {
    "CAEN": "de Caen", "L'AIGLE MORTAGNE": "de L’Aigle et Mortagne",
    "OUEST EURE": "Ouest Eure", "VAL DE REUIL": "de Val-de-Reuil et Louviers", "VERNON SEINE VEXIN": "Vernon Seine Vexin",
    "BAYEUX VIRE": "de Bayeux et Vire", "DIEPPE COTE D'ALBATRE": "Dieppe Côte d’Albâtre",
    "ST-NICOLAS D'ALIERMONT": "de Saint-Nicolas-d’Aliermont et Neufchâtel",
}  # fmt: skip


def read_seats(path: Path, context: Context) -> Batch:
    """The seat of each mission locale."""
    gathering = Gathering(path, context)
    return gathering.take(gathering.rows(_SEAT), _seat)


def read_zones(path: Path, context: Context) -> Batch:
    """The mission locale of each commune, and the seats that the file names."""
    gathering = Gathering(path, context)
    return gathering.take(gathering.rows(["Code INSEE", *_SEAT]), _zone)


def _zone(entry: Entry) -> None:
    commune = entry.matching(r"\d[\dAB]\d{3}", "Code INSEE")
    entry.norman("Code INSEE")
    _seat(entry)
    entry.of.batch.covers.append(CoverFact(_key(entry), commune))


def _key(entry: Entry) -> str:
    return f"mission-locale-{entry.matching('[0-9]{4,6}', 'code ml')}"


def _seat(entry: Entry) -> None:
    place = entry.place(name=entry.text("ville ml"), postcode=entry.text("code postal ml"))
    short = entry.needed("nom officiel ml").partition("-ML ")[2]
    if not short:
        entry.note(f"nom sans « -ML » : « {entry.text('nom officiel ml')[:40]} »")
    if not place["commune_name"]:
        entry.note("siège sans commune")
    name = f"Mission locale {_NAMES.get(short) or of_town(str(place['commune_name']))}".strip()
    entry.site(_key(entry), name, TYPE, place, address=tidy_address(entry.text("adresse ml")))
