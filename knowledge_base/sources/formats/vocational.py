"""Places of CAP, bac professionnel and BTS by establishment and MEFSTAT11 (working files of the education ministry)."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge_base.importers.tabular import read_rows
from knowledge_base.places.batch import Batch, CourseFact, OfferFact
from knowledge_base.report import Report
from knowledge_base.sources.reading import Context, course_key, uai_key
from knowledge_base.text import fold

_MEF = re.compile(r"^[0-9A-Z]{11}$")
_APPRENTICE = re.compile(r"\s*-\s*en apprentissage\s*$", re.I)


def read_pro_places(path: Path, context: Context) -> Batch:
    """UAI × MEFSTAT11 × places, school rhythm. Courses that the checked table does not know are listed, not taken."""
    batch, report = context.batch(), Report(path.name)
    for row in read_rows(path, ["Etablissement d'accueil", "MEF STAT 11", "Capacité carte scolaire"], report):
        key = f"mef-{row['MEF STAT 11'].lower()}"
        if not _MEF.match(row["MEF STAT 11"]) or key not in context.courses:
            batch.rejected.append((row.line, f"formation inconnue : {row['MEF STAT 11']}"))
            continue
        capacity = row["Capacité carte scolaire"]
        batch.offers.append(OfferFact(uai_key(row["Etablissement d'accueil"]), key, "initial",
                                      capacity=int(float(capacity)) if capacity else None))  # fmt: skip
    batch.offers = list({(offer.site, offer.course, offer.rhythm): offer for offer in batch.offers}.values())
    return batch


def read_bts_places(path: Path, context: Context) -> Batch:
    """BTS by UAI, label and status (school or apprenticeship), with places; rows without a place are closed and left out."""
    batch, report = context.batch(), Report(path.name)
    for row in read_rows(path, ["UAI", "LIBELLÉFORMATION", "STATUT", "CAPACITEPSUP"], report):
        label = _APPRENTICE.sub("", row["LIBELLÉFORMATION"])
        capacity = int(float(row["CAPACITEPSUP"] or 0))
        if capacity == 0:
            continue
        key = course_key(label)
        if key not in context.courses:
            batch.courses.append(CourseFact(key, label))
        rhythm = "apprentissage" if fold(row["STATUT"]) == "apprentissage" else "initial"
        batch.offers.append(OfferFact(uai_key(row["UAI"]), key, rhythm, capacity=capacity))
    batch.offers = list({(offer.site, offer.course, offer.rhythm): offer for offer in batch.offers}.values())
    batch.courses = list({course.key: course for course in batch.courses}.values())
    return batch
