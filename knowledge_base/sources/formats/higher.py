"""The main establishments of higher education (open data of the ministry)."""

from __future__ import annotations

from pathlib import Path

from knowledge_base.importers.tabular import read_rows
from knowledge_base.places.batch import Batch
from knowledge_base.report import Report
from knowledge_base.sources.reading import Context, located, phone_number, site, tidy_address, tidy_name, uai_key


def read_higher_schools(path: Path, context: Context) -> Batch:
    """Name, point, telephone and site of universities and schools."""
    batch, report = context.batch(), Report(path.name)
    for row in read_rows(path, ["libellé", "type d'établissement", "localisation", "uai - identifiant"], report):
        if "Normandie" not in row["localisation"] or not row["uai - identifiant"]:
            continue
        lat, _, lon = row.get("géolocalisation").partition(",")
        point = (float(lat), float(lon)) if lon else None
        names = (row.get("nom court"), row.get("sigle"))
        place = located(context.communes, name=row["localisation"].split(">")[-1], code=_commune(row.cells), point=point)
        type_ = "universite" if row["type d'établissement"].startswith("Universit") else "ecole_sup"
        also = tuple(name for name in names if name and name != row["libellé"])
        batch.sites.append(site(context, uai_key(row["uai - identifiant"]), tidy_name(row["libellé"]), type_, place,
                                also=also, website=row.get("site internet"),
                                phone=phone_number(row.get("numéro de téléphone")),
                                address=tidy_address(row.get("adresse") or "")))  # fmt: skip
    return batch


def _commune(cells: dict[str, str]) -> str:
    return cells.get("code commune", "")
