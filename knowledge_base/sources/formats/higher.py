"""The main establishments of higher education (open data of the ministry)."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.places.batch import Batch
from knowledge_base.sources.entries import Entry, Gathering
from knowledge_base.sources.reading import Context, tidy_address, tidy_name, uai_key

_KINDS = ("Universit", "École", "Grand établissement", "Institut", "Communauté", "Autre", "Structure", "Organisme")


def read_higher_schools(path: Path, context: Context) -> Batch:
    """Name, point, telephone and site of universities and schools."""
    gathering = Gathering(path, context)
    return gathering.take(gathering.rows(["libellé", "type d'établissement", "localisation", "uai - identifiant"]), _take)


def _take(entry: Entry) -> None:
    regions, _, _ = entry.needed("localisation").partition(">")
    entry.inner({"region": regions.strip()}).of_normandie("region")
    key, name = uai_key(entry.uai("uai - identifiant")), tidy_name(entry.needed("libellé"))
    lat, _, lon = entry.text("géolocalisation").partition(",")
    place = entry.place(name=entry.text("localisation").split(">")[-1], code=entry.text("code commune"),
                        point=entry.point(lat, lon))  # fmt: skip
    kind = entry.needed("type d'établissement")
    if not kind.startswith(_KINDS):
        entry.note(f"type inconnu, lu comme une école : « {kind[:40]} »")
    type_ = "universite" if kind.startswith("Universit") else "ecole_sup"
    also = tuple(short for short in (entry.text("nom court"), entry.text("sigle")) if short and short != entry.text("libellé"))
    entry.site(key, name, type_, place, also=also, website=entry.text("site internet"), phone=entry.phone("numéro de téléphone"),
               address=tidy_address(entry.text("adresse")))  # fmt: skip
