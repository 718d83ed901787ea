"""Onisep « Idéo » CSV files of what general lycées teach: spécialités de 1re, options and languages of 2de."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.places.batch import Batch, OfferFact
from knowledge_base.sources.entries import Entry, Gathering, Unreadable
from knowledge_base.sources.reading import Context, tidy_address, tidy_name, type_of_school, uai_key

_SPECIALITIES = "Enseignements de spécialité de classe de 1ère générale"
_OPTIONS = "Enseignements optionnels et langues de classe de 2nde GT"
_PLACE = ["UAI lieu de cours", "Libellé lieu de cours", "Adresse lieu de cours", "Code postal lieu de cours",
          "Commune lieu de cours"]  # fmt: skip


def read_specialities(path: Path, context: Context) -> Batch:
    """What each general lycée proposes in 1re: « spécialité / spécialité / … »."""
    return _read(path, context, _SPECIALITIES, "1re-generale")


def read_options(path: Path, context: Context) -> Batch:
    """Options and languages of each 2de générale et technologique."""
    return _read(path, context, _OPTIONS, "2de-generale-et-technologique")


def _read(path: Path, context: Context, column: str, course: str) -> Batch:
    gathering = Gathering(path, context)
    details: dict[str, list[str]] = {}

    def take(entry: Entry) -> None:
        postcode = entry.norman("Code postal lieu de cours")
        key, taught = uai_key(entry.uai("UAI lieu de cours")), _parts(entry, column)
        place = entry.place(name=entry.text("Commune lieu de cours"), postcode=postcode)
        name = tidy_name(entry.needed("Libellé lieu de cours"))
        entry.site(key, name, type_of_school(name), place, address=tidy_address(entry.text("Adresse lieu de cours")))
        details.setdefault(key, []).extend(part for part in taught if part not in details.get(key, []))

    batch = gathering.take(gathering.rows([column, *_PLACE]), take)
    batch.offers += [OfferFact(key, course, "initial", " / ".join(taught)) for key, taught in details.items()]
    return batch


def _parts(entry: Entry, column: str) -> list[str]:
    taught = [part.strip() for part in entry.text(column).split(" / ") if part.strip()]
    if not taught:
        raise Unreadable("aucun enseignement écrit")
    return taught
