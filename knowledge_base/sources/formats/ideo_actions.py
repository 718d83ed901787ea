"""Onisep « Idéo » actions de formation and structures: XML (`<root><item>`), CSV, or one record per Markdown file.

The three forms carry the same fields; their names are brought to one form (folded, words joined by `_`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from knowledge_base.errors import ImportRefused
from knowledge_base.places.batch import Batch, OfferFact
from knowledge_base.sources.entries import Entry, Gathering
from knowledge_base.sources.reading import Context, course_key, tidy_address, tidy_name, type_of_school, uai_key
from knowledge_base.text import fold

_FIELD = re.compile(r"^\*\*(.+?):\*\*\s*(.*)$", re.M)
_LINK = re.compile(r"^\[(.+)\]\(.+\)$")


def read_actions(path: Path, context: Context) -> Batch:
    """Which course is taught where, with telephone, boarding and site of the place."""
    return _read(path, context, _action)


def _action(entry: Entry) -> None:
    postcode = entry.norman("ens_code_postal")
    key, label = uai_key(entry.uai("ens_code_uai")), entry.needed("formation_for_libelle", "for_libelle")
    point = entry.point(entry.text("ens_latitude"), entry.text("ens_longitude"))
    place = entry.place(name=entry.text("ens_commune"), postcode=postcode, point=point)
    name = tidy_name(entry.needed("lieu_denseignement_ens_libelle", "ens_libelle"))
    entry.site(key, name, type_of_school(name), place, address=tidy_address(entry.text("ens_adresse")),
               phone=entry.phone("ens_n_telephone"), website=entry.text("ens_site_web"),
               boarding=_boarding(entry))  # fmt: skip
    entry.course(course_key(label), label[:1].upper() + label[1:])
    for rhythm in _rhythms(entry):
        entry.offer(OfferFact(key, course_key(label), rhythm, detail=entry.text("af_elements_denseignement")))


def _boarding(entry: Entry) -> str:
    text = fold(entry.text("ens_hebergement"))
    if text and not any(word in text for word in ("internat", "sans hebergement", "pas d hebergement", "chambre", "heberge")):
        entry.note(f"hébergement ignoré : « {text[:40]} »")
        return ""
    return ("internat" if "internat" in text else "sans internat") if text else ""


def _rhythms(entry: Entry) -> list[str]:
    modes = fold(entry.text("af_modalites_scolarite"))
    found = [rhythm for word, rhythm in (("apprentissage", "apprentissage"), ("distance", "distance")) if word in modes]
    if not found and not any(word in modes for word in ("temps", "presentiel", "alternance", "cours", "stage")):
        entry.note(f"modalités non reconnues, lues comme initiales : « {modes[:40]} »")
    return found or ["initial"]


def read_structures(path: Path, context: Context) -> Batch:
    """Establishments with telephone and point."""
    return _read(path, context, _structure)


def _structure(entry: Entry) -> None:
    postcode, key = entry.norman("cp"), uai_key(entry.uai("code_uai"))
    point = entry.point(entry.text("latitude_y"), entry.text("longitude_x"))
    place = entry.place(name=entry.text("commune"), postcode=postcode, code=entry.text("commune_cog"), point=point)
    name, kind = tidy_name(entry.needed("nom")), entry.text("type_detablissement")
    if kind and not type_of_school(kind, ""):
        entry.note(f"type inconnu, lu d’après le nom : « {kind[:40]} »")
    entry.site(key, name, type_of_school(name, type_of_school(kind)), place,
               address=tidy_address(entry.text("adresse")), phone=entry.phone("telephone"))  # fmt: skip


def _read(path: Path, context: Context, reader: Callable[[Entry], None]) -> Batch:
    gathering = Gathering(path, context)
    return gathering.take(_entries(gathering, path), reader)


def _entries(gathering: Gathering, path: Path) -> Iterator[Entry]:
    if path.is_dir():
        files = sorted(path.glob("*.md"))
        yield from (Entry(gathering, _from_markdown(file.read_text(encoding="utf-8")), number=number)
                    for number, file in enumerate(files, 1))  # fmt: skip
    elif path.suffix == ".xml":
        yield from _from_xml(gathering, path)
    else:
        for entry in gathering.rows([]):
            yield replace(entry, values={name.replace(" ", "_"): value for name, value in entry.values.items()})


def _from_markdown(text: str) -> dict[str, str]:
    return {fold(name).replace(" ", "_"): _LINK.sub(r"\1", value.strip()) for name, value in _FIELD.findall(text)}


def _from_xml(gathering: Gathering, path: Path) -> Iterator[Entry]:
    try:
        for _, element in etree.iterparse(str(path), tag="item", resolve_entities=False, load_dtd=False, no_network=True):
            values = {fold(str(child.tag)).replace(" ", "_"): " ".join((child.text or "").split()) for child in element}
            yield Entry(gathering, values, line=element.sourceline)
            element.clear()
    except etree.XMLSyntaxError as error:
        raise ImportRefused(f"XML mal formé, fichier abîmé ou coupé ({error.msg})", file=path.name) from error
