"""Places of CAP, bac professionnel and BTS by establishment and MEFSTAT11 (working files of the education ministry)."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge_base.places.batch import Batch, OfferFact
from knowledge_base.sources.entries import Elsewhere, Entry, Gathering, Unreadable
from knowledge_base.sources.reading import Context, course_key, uai_key
from knowledge_base.text import fold

_APPRENTICE = re.compile(r"\s*-\s*en apprentissage\s*$", re.I)
_RHYTHMS = {"apprentissage": "apprentissage", "scolaire": "initial", "st": "initial", "statut scolaire": "initial"}


def read_pro_places(path: Path, context: Context) -> Batch:
    """UAI × MEFSTAT11 × places, school rhythm. Courses that the checked table does not know are listed, not taken."""
    gathering = Gathering(path, context)
    return gathering.take(gathering.rows(["Etablissement d'accueil", "MEF STAT 11", "Capacité carte scolaire"]), _pro)


def _pro(entry: Entry) -> None:
    key = f"mef-{entry.matching('[0-9A-Z]{11}', 'MEF STAT 11').lower()}"
    if key not in entry.of.context.courses:
        raise Unreadable(f"formation inconnue : {entry.text('MEF STAT 11')}")
    site = uai_key(entry.uai("Etablissement d'accueil"))
    entry.offer(OfferFact(site, key, "initial", capacity=entry.count("Capacité carte scolaire")))


def read_bts_places(path: Path, context: Context) -> Batch:
    """BTS by UAI, label and status (school or apprenticeship), with places; rows without a place are closed and left out."""
    gathering = Gathering(path, context)
    return gathering.take(gathering.rows(["UAI", "LIBELLÉFORMATION", "STATUT", "CAPACITEPSUP"]), _bts)


def _bts(entry: Entry) -> None:
    label = _APPRENTICE.sub("", entry.needed("LIBELLÉFORMATION"))
    site, status, written = uai_key(entry.uai("UAI")), fold(entry.needed("STATUT")), entry.text("CAPACITEPSUP")
    if status not in _RHYTHMS:
        raise Unreadable(f"statut inconnu : « {status[:40]} »")
    capacity = entry.count("CAPACITEPSUP")
    if not written:
        entry.note("sans nombre de places, formation tenue pour fermée")
    if capacity == 0 or not written:
        raise Elsewhere
    entry.course(course_key(label), label)
    entry.offer(OfferFact(site, course_key(label), _RHYTHMS[status], capacity=capacity))
