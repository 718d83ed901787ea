"""Onisep « Idéo » CSV files of what general lycées teach: spécialités de 1re, options and languages of 2de."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.importers.tabular import read_rows
from knowledge_base.places.batch import Batch, OfferFact
from knowledge_base.report import Report
from knowledge_base.sources.reading import NORMAN, Context, located, site, tidy_address, tidy_name, type_of_school, uai_key

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
    batch, report = context.batch(), Report(path.name)
    details: dict[str, list[str]] = {}
    for row in read_rows(path, [column, *_PLACE], report):
        if not row["Code postal lieu de cours"].startswith(NORMAN):
            continue
        key = uai_key(row["UAI lieu de cours"])
        place = located(context.communes, name=row["Commune lieu de cours"], postcode=row["Code postal lieu de cours"])
        name = tidy_name(row["Libellé lieu de cours"])
        if key not in details:
            batch.sites.append(site(context, key, name, type_of_school(name), place,
                                    address=tidy_address(row["Adresse lieu de cours"])))  # fmt: skip
        taught = [part.strip() for part in row[column].split(" / ") if part.strip()]
        details.setdefault(key, []).extend(part for part in taught if part not in details.get(key, []))
    batch.offers += [OfferFact(key, course, "initial", " / ".join(taught)) for key, taught in details.items()]
    batch.rejected += [(item.line, item.reason) for item in report.rejected]
    return batch
