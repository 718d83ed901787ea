"""Parcoursup's open data: one row a course on offer, with its establishment and its point."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.tabular import Row, read_rows
from knowledge_base.places.batch import Batch, CourseFact, OfferFact
from knowledge_base.report import Report
from knowledge_base.sources.reading import Context, course_key, located, site, tidy_name, type_of_school, uai_key
from knowledge_base.text import fold

# Folded beginnings of the column names: the file's own wording changes from year to year.
_COLUMNS = {"uai": "code uai de l etablissement", "name": "etablissement", "region": "region de l etablissement",
            "course": "filiere de formation", "point": "coordonnees gps de la formation"}  # fmt: skip


def read_parcoursup(path: Path, context: Context) -> Batch:
    """Rows of Normandie only. « en apprentissage » in the label makes the rhythm. Raises ImportRefused."""
    batch, report = context.batch(), Report(path.name)
    for row in read_rows(path, [], report):
        cells = _cells(row, path.name)
        if fold(cells["region"]) == "normandie" and cells["uai"]:
            _take(cells, context, batch)
    batch.sites = list({place.key: place for place in batch.sites}.values())
    batch.offers = list({(offer.site, offer.course, offer.rhythm): offer for offer in batch.offers}.values())
    batch.courses = list({course.key: course for course in batch.courses}.values())
    return batch


def _cells(row: Row, file: str) -> dict[str, str]:
    try:
        return {name: row.cells[column] for name, column in _COLUMNS.items()}
    except KeyError as error:
        raise ImportRefused(f"colonne absente : {error}", file=file, line=1) from error


def _take(cells: dict[str, str], context: Context, batch: Batch) -> None:
    point = _point(cells["point"])
    place = located(context.communes, point=point) if point else {}
    name = tidy_name(cells["name"].replace("   ", " – "))
    batch.sites.append(site(context, uai_key(cells["uai"]), name, type_of_school(name, "ecole_sup"), place))
    label = " ".join(cells["course"].split())
    apprentice = "apprentissage" in fold(label)
    key = course_key(label)
    if key not in context.courses:
        batch.courses.append(CourseFact(key, label))
    batch.offers.append(OfferFact(uai_key(cells["uai"]), key, "apprentissage" if apprentice else "initial"))


def _point(text: str) -> tuple[float, float] | None:
    parts = text.split(",")
    return (float(parts[0]), float(parts[1])) if len(parts) == 2 else None
