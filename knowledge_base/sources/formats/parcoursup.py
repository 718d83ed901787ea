"""Parcoursup's open data: one row a course on offer, with its establishment and its point."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.places.batch import Batch, OfferFact
from knowledge_base.sources.entries import Entry, Gathering
from knowledge_base.sources.reading import Context, course_key, tidy_name, type_of_school, uai_key
from knowledge_base.text import fold

# The file's own wording changes from year to year in accents and apostrophes only: names are compared folded.
_UAI, _NAME, _REGION = "code uai de l etablissement", "etablissement", "region de l etablissement"
_COURSE, _POINT = "filiere de formation", "coordonnees gps de la formation"


def read_parcoursup(path: Path, context: Context) -> Batch:
    """Rows of Normandie only. « en apprentissage » in the label makes the rhythm. Raises ImportRefused."""
    gathering = Gathering(path, context)
    return gathering.take(gathering.rows([_UAI, _NAME, _REGION, _COURSE, _POINT]), _take)


def _take(entry: Entry) -> None:
    entry.of_normandie(_REGION)
    key, label = uai_key(entry.uai(_UAI)), entry.needed(_COURSE)
    name = tidy_name(" – ".join(entry.values[_NAME].split("   ")) if entry.needed(_NAME) else "")
    lat, _, lon = entry.text(_POINT).partition(",")
    point = entry.point(lat, lon)
    if point is None:
        entry.note("établissement sans coordonnées : sans commune")
    entry.site(key, name, type_of_school(name, "ecole_sup"), entry.place(point=point) if point else {})
    entry.course(course_key(label), label)
    entry.offer(OfferFact(key, course_key(label), "apprentissage" if "apprentissage" in fold(label) else "initial"))
