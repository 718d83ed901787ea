"""Onisep « Idéo » actions de formation and structures: XML (`<root><item>`), CSV, or one record per Markdown file.

The three forms carry the same fields; their names are brought to one form (folded, words joined by `_`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.tabular import read_rows
from knowledge_base.places.batch import Batch, CourseFact, OfferFact, SiteFact
from knowledge_base.report import Report
from knowledge_base.sources.reading import (
    NORMAN,
    Context,
    course_key,
    located,
    phone_number,
    site,
    tidy_address,
    tidy_name,
    type_of_school,
    uai_key,
)
from knowledge_base.text import fold

_FIELD = re.compile(r"^\*\*(.+?):\*\*\s*(.*)$", re.M)
_LINK = re.compile(r"^\[(.+)\]\(.+\)$")

Record = dict[str, str]


def read_actions(path: Path, context: Context) -> Batch:
    """Which course is taught where, with telephone, boarding and site of the place."""
    batch = context.batch()
    for record in _records(path):
        if not record.get("ens_code_uai") or not record.get("ens_code_postal", "").startswith(NORMAN):
            continue
        label = record.get("formation_for_libelle") or record.get("for_libelle", "")
        key = course_key(label)
        if key not in context.courses:
            batch.courses.append(CourseFact(key, label[:1].upper() + label[1:]))
        place = _place(record, context)
        batch.sites.append(place)
        for rhythm in _rhythms(record):
            batch.offers.append(OfferFact(place.key, key, rhythm, detail=record.get("af_elements_denseignement", "")))
    batch.sites = list({place.key: place for place in batch.sites}.values())
    batch.offers = list({(offer.site, offer.course, offer.rhythm): offer for offer in batch.offers}.values())
    return batch


def _place(record: Record, context: Context) -> SiteFact:
    point = _point(record.get("ens_latitude", ""), record.get("ens_longitude", ""))
    place = located(context.communes, name=record.get("ens_commune", ""), postcode=record["ens_code_postal"], point=point)
    name = tidy_name(record.get("lieu_denseignement_ens_libelle") or record.get("ens_libelle", ""))
    return site(context, uai_key(record["ens_code_uai"]), name, type_of_school(name), place,
                address=tidy_address(record.get("ens_adresse", "")), phone=phone_number(record.get("ens_n_telephone", "")),
                website=record.get("ens_site_web", ""), boarding=_boarding(record.get("ens_hebergement", "")))  # fmt: skip


def _boarding(text: str) -> str:
    if not text:
        return ""
    return "internat" if "internat" in fold(text) else "sans internat"


def _rhythms(record: Record) -> list[str]:
    modes = fold(record.get("af_modalites_scolarite", ""))
    found = [rhythm for word, rhythm in (("apprentissage", "apprentissage"), ("distance", "distance")) if word in modes]
    return found or ["initial"]


def read_structures(path: Path, context: Context) -> Batch:
    """Establishments with telephone and point."""
    batch = context.batch()
    for record in _records(path):
        uai, postcode = record.get("code_uai", ""), record.get("cp", "")
        if not uai or not postcode.startswith(NORMAN):
            continue
        point = _point(record.get("latitude_y", ""), record.get("longitude_x", ""))
        place = located(context.communes, name=record.get("commune", ""), postcode=postcode,
                        code=record.get("commune_cog", ""), point=point)  # fmt: skip
        name = tidy_name(record.get("nom", ""))
        default = type_of_school(record.get("type_detablissement", ""))
        batch.sites.append(site(context, uai_key(uai), name, type_of_school(name, default), place,
                                address=tidy_address(record.get("adresse", "")),
                                phone=phone_number(record.get("telephone", ""))))  # fmt: skip
    return batch


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    return (float(lat), float(lon)) if lat and lon else None


def _records(path: Path) -> Iterator[Record]:
    if path.is_dir():
        for file in sorted(path.glob("*.md")):
            yield _from_markdown(file.read_text(encoding="utf-8"))
    elif path.suffix == ".xml":
        yield from _from_xml(path)
    else:
        for row in read_rows(path, [], Report(path.name)):
            yield {name.replace(" ", "_"): value for name, value in row.cells.items()}


def _from_markdown(text: str) -> Record:
    return {fold(name).replace(" ", "_"): _LINK.sub(r"\1", value.strip()) for name, value in _FIELD.findall(text)}


def _from_xml(path: Path) -> Iterator[Record]:
    try:
        for _, element in etree.iterparse(str(path), tag="item", resolve_entities=False, load_dtd=False, no_network=True):
            yield {fold(str(child.tag)).replace(" ", "_"): " ".join((child.text or "").split()) for child in element}
            element.clear()
    except etree.XMLSyntaxError as error:
        raise ImportRefused(f"XML mal formé, fichier abîmé ou coupé ({error.msg})", file=path.name) from error
