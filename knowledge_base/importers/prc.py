"""Points relais conseil (VAE): JSON list with name, address, telephone, e-mail, body in charge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.jsonfile import read_records
from knowledge_base.importers.place_book import display_name, long_form
from knowledge_base.importers.slugs import slug
from knowledge_base.importers.transaction import collected, fitted, one_import
from knowledge_base.models import PlaceRow
from knowledge_base.report import Progress, Report
from knowledge_base.schema import Source
from knowledge_base.schema_kinds import StructureData
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_writer import SheetWriter

ORIGIN = "prc"
_TOWN = re.compile(r"(\d{5})\s+(.+)$")

_DEPARTEMENT = re.compile(r"^(?:\d{2,3}|2[AB])$")
Communes = dict[tuple[str, str], str]


def import_prc(engine: Engine, path: Path, progress: Progress | None = None) -> Report:
    """Imports the points relais conseil. Raises ImportRefused when the file is damaged or another one."""
    report = Report("Points relais conseil")
    records = read_records(path)
    with one_import(engine, report) as connection:
        writer = SheetWriter(connection, ORIGIN, ORIGIN, report)
        for sheet in _sheets(records, path.name, _communes(connection), report, progress):
            writer.add(sheet)
        if not writer.count:
            raise ImportRefused("aucun point relais conseil lisible dans ce fichier", file=path.name)
        writer.finish()
    return report


def _communes(connection: Connection) -> Communes:
    query = select(PlaceRow.code, PlaceRow.name, PlaceRow.departement, PlaceRow.aliases).where(PlaceRow.kind == "commune")
    return {
        (long_form(name), row.departement or ""): row.code
        for row in connection.execute(query)
        for name in (*row.aliases, row.name)
        if not row.code.startswith("geo-")
    }


def _sheets(
    records: list[dict[str, Any]], file: str, communes: Communes, report: Report, progress: Progress | None
) -> Iterator[Sheet]:
    source = collected("Points relais conseil VAE (Région Normandie, données ouvertes)")
    seen: dict[str, int] = {}
    for number, record in enumerate(records, start=1):
        report.read += 1
        if progress:
            progress(number)
        name, address = str(record.get("Nom du PRC") or ""), str(record.get("Adresse") or "")
        town = _TOWN.search(address.strip())
        if not name or not town:
            report.reject(file, None, f"enregistrement {number} : nom ou adresse absents", name or address)
            continue
        key = slug("prc", town.group(2))
        seen[key] = seen.get(key, 0) + 1
        sheet_id = key if seen[key] == 1 else f"{key}-{seen[key]}"
        area = str(record.get("Département") or "")
        if area and not _DEPARTEMENT.match(area):
            report.note(file, None, f"enregistrement {number} : département ignoré : « {area[:30]} »", name)
        yield _sheet(record, sheet_id, town, communes, source)


def _sheet(record: dict[str, Any], sheet_id: str, town: re.Match[str], communes: Communes, source: Source) -> Sheet:
    postcode, commune_name = town.group(1), display_name(town.group(2).strip())
    lines = [line.strip() for line in str(record["Adresse"]).strip().split("\n")]
    body = str(record.get("Mandataire") or "").strip()
    name = " – ".join(line.strip() for line in str(record["Nom du PRC"]).split("\n") if line.strip())
    return Sheet(
        kind="structure",
        id=sheet_id,
        title=fitted(f"Point relais conseil VAE de {commune_name}", 390),
        also=[name] if name.lower() != "point relais conseil" else [],
        summary=fitted(f"Point relais conseil de {commune_name} : il renseigne sur la VAE{f' ({body})' if body else ''}."),
        source=source,
        origin=ORIGIN,
        topics=[22],
        data=StructureData(
            type="prc",
            address=", ".join(lines[:-1]) or None,
            postcode=postcode,
            commune=communes.get((long_form(commune_name), postcode[:2])),
            commune_name=commune_name,
            phone=str(record.get("Téléphone") or "").strip() or None,
            email=str(record.get("Email") or "").strip() or None,
            covers=[area] if _DEPARTEMENT.match(area := str(record.get("Département") or "")) else [],
        ),
    )
