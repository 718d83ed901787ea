"""Missions locales: their seats, and which one serves each commune (UNML)."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.importers.tabular import read_rows
from knowledge_base.places.batch import Batch, CoverFact, SiteFact
from knowledge_base.report import Report
from knowledge_base.sources.reading import NORMAN, Context, located, of_town, site, tidy_address

TYPE = "mission_locale"
_NAMES = {
    "CAEN": "de Caen", "L'AIGLE MORTAGNE": "de L’Aigle et Mortagne",
    "OUEST EURE": "Ouest Eure", "VAL DE REUIL": "de Val-de-Reuil et Louviers", "VERNON SEINE VEXIN": "Vernon Seine Vexin",
    "BAYEUX VIRE": "de Bayeux et Vire", "DIEPPE COTE D'ALBATRE": "Dieppe Côte d’Albâtre",
    "ST-NICOLAS D'ALIERMONT": "de Saint-Nicolas-d’Aliermont et Neufchâtel",
}  # fmt: skip


def read_seats(path: Path, context: Context) -> Batch:
    """The seat of each mission locale."""
    batch, report = context.batch(), Report(path.name)
    for row in read_rows(path, ["Code ML", "Nom Officiel ML", "Adresse ML", "Code Postal ML", "Ville ML"], report):
        batch.sites.append(_seat(context, row.cells))
    return batch


def read_zones(path: Path, context: Context) -> Batch:
    """The mission locale of each commune, and the seats that the file names."""
    batch, report = context.batch(), Report(path.name)
    for row in read_rows(path, ["Code INSEE", "Code ML", "Nom Officiel ML", "Adresse ML", "Code Postal ML", "Ville ML"], report):
        if row["Code INSEE"].startswith(NORMAN):
            batch.covers.append(CoverFact(_key(row["Code ML"]), row["Code INSEE"]))
            batch.sites.append(_seat(context, row.cells))
    batch.sites = list({place.key: place for place in batch.sites}.values())
    batch.covers = list({(cover.site, cover.territory): cover for cover in batch.covers}.values())
    return batch


def _key(code: str) -> str:
    return f"mission-locale-{code}"


def _seat(context: Context, cells: dict[str, str]) -> SiteFact:
    place = located(context.communes, name=cells["ville ml"], postcode=cells["code postal ml"])
    short = cells["nom officiel ml"].partition("-ML ")[2]
    name = f"Mission locale {_NAMES.get(short) or of_town(str(place['commune_name']))}"
    address = tidy_address(cells["adresse ml"])
    return site(context, _key(cells["code ml"]), name, TYPE, place, address=address)
