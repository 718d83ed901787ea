"""From one LHÉO formation to the sheets of its actions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import cast

from lxml import etree

from knowledge_base.importers.lheo_unread import unread
from knowledge_base.importers.lheo_values import INSEE, LEVELS, POSTCODE, day_of, position_of, text_of, values_of
from knowledge_base.importers.place_book import display_name
from knowledge_base.importers.slugs import slug
from knowledge_base.importers.transaction import fitted
from knowledge_base.schema import ROME_CODE, Link, Source
from knowledge_base.schema_kinds import FormationData, Rhythm
from knowledge_base.sheet import Sheet
from knowledge_base.text import fold

MAX_TEXT = 800
MAX_DATES = 6
_WORK = r"(?:apprentissage|alternance|alternee|professionnalisation)"
# « pas d'alternance », « alternance : non »; « en apprentissage, sans hébergement » is no such thing.
_NO_SUCH_THING = re.compile(
    r"\b(?:pas|sans|non|aucune?|hors|ni|jamais|plus)(?: (?:d|de|du|en|l|un|une|le|la|par|ou|contrat|possibilite|possible"
    rf"|proposee?|formation|accessible|ouverte?|prevue?|voie|rythme|cycle|sous|forme))* {_WORK}\b"
    rf"|\b{_WORK}(?: (?:n est|est|possible|proposee?|ce|cette|formation))* (?:non|impossible|pas|indisponible|fermee?|0)\b")
_WORK_AND_STUDY = re.compile(rf"\b{_WORK}\b")
_CLAUSES = re.compile(r"[,;.()/\n]+")


class UnreadableAction(ValueError):
    """A formation without what every sheet needs."""


Found = tuple[Sheet | None, int | None, str]


def action_sheets(formation: etree._Element, source: Source, origin: str, shared: Collection[str] = ()) -> Iterator[Found]:
    """(sheet, line, problem) for each action and place: a sheet and what of it could not be read, or None and what is wrong.

    `shared`: numbers that several actions of the file have. The specification says that a number need not be unique.
    """
    title = text_of(formation, "intitule-formation")
    if not title:
        raise UnreadableAction("formation sans intitulé")
    actions = formation.findall("{*}action")
    if not actions:
        raise UnreadableAction(f"formation sans action : {title[:80]}")
    for action in actions:
        line = cast("int | None", action.sourceline)
        number = action.get("numero") or formation.get("numero") or ""
        for place, home in enumerate(action.findall("{*}lieu-de-formation") or [None]):
            sheet = _sheet(formation, action, title, source, origin, home)
            own = number not in shared and place == 0 and bool(slug(number))
            name = slug("lheo", number) if own else slug("lheo", number, _fingerprint(formation, sheet))
            yield sheet.model_copy(update={"id": name}), line, " ; ".join(unread(formation, action, home))


def _fingerprint(formation: etree._Element, sheet: Sheet) -> str:
    """Who a course is when its number does not say: its formation, title, provider, place and first day."""
    data = cast("FormationData", sheet.data)
    parts = (formation.get("numero"), sheet.title, data.provider, data.address, data.postcode, data.commune_name,
             *map(str, data.starts_on), *data.rhythms)
    return hashlib.sha256("|".join(part or "" for part in parts).encode()).hexdigest()[:12]


def _sheet(formation: etree._Element, action: etree._Element, title: str, source: Source, origin: str,
           home: etree._Element | None) -> Sheet:
    data = FormationData(
        provider=fitted(_provider(formation, action) or "Organisme non précisé", 200),
        level=LEVELS.get(text_of(formation, "code-niveau-sortie")),
        rncp=values_of(formation, "certification/code-RNCP"),
        certifinfo=next(iter(values_of(formation, "certification/code-CERTIFINFO")), None),
        formacodes=values_of(formation, "domaine-formation/code-FORMACODE"),
        learn=fitted(text_of(formation, "objectif-formation"), MAX_TEXT) or None,
        admission=fitted(text_of(action, "conditions-specifiques"), MAX_TEXT) or None,
        duration=fitted(text_of(action, "duree-indicative"), 100) or None,
        rhythms=_rhythms(action),
        starts_on=_dates(action),
        **_place(home),
    )
    where = f" à {data.commune_name}" if data.commune_name else ""
    return Sheet(
        kind="formation",
        id="lheo",
        title=fitted(title, 390),
        summary=fitted(f"{fitted(title, 90)}{where}, par {data.provider}."),
        rome=[code for code in values_of(formation, "domaine-formation/code-ROME") if ROME_CODE.match(code)],
        source=source,
        links=_links(formation, action),
        origin=origin,
        data=data,
    )


def _provider(formation: etree._Element, action: etree._Element) -> str:
    for element, path in (
        (action, "organisme-formateur/raison-sociale-formateur"),
        (action, "organisme-formateur/nom-organisme-formateur"),
        (formation, "organisme-formation-responsable/nom-organisme"),
        (formation, "organisme-formation-responsable/raison-sociale"),
    ):
        if name := text_of(element, path):
            return name
    return ""


def _place(home: etree._Element | None) -> dict[str, object]:
    address = home.find(".//{*}adresse") if home is not None else None
    if address is None:
        return {}
    lines = [line for line in values_of(address, "ligne") if line != "-"]
    postcode, insee = text_of(address, "codepostal"), text_of(address, "code-INSEE-commune")
    return {
        "address": ", ".join(lines) or None,
        "postcode": postcode if POSTCODE.match(postcode) else None,
        "commune": insee if INSEE.match(insee) else None,
        "commune_name": display_name(text_of(address, "ville")) or None,
        **dict(zip(("lat", "lon"), position_of(address) or (), strict=False)),
    }


def _works_and_studies(action: etree._Element) -> bool:
    """LHÉO 2.3 has an element for it, 2.2 a field of words; a title (« Apprentissage du français ») says nothing of it."""
    coded = [" ".join(map(str, item.itertext())) for item in action.findall("{*}session/{*}alternance")]
    texts = (*coded, text_of(action, "modalites-alternance"), text_of(action, "rythme-formation"))
    said = [fold(clause) for text in texts for clause in _CLAUSES.split(text)]
    return any(_WORK_AND_STUDY.search(text) and not _NO_SUCH_THING.search(text) for text in said)


def _rhythms(action: etree._Element) -> list[Rhythm]:
    found: list[Rhythm] = []
    initial = any((extra.text or "") == "1" for extra in action.findall(".//{*}extra[@info='formation-initiale']"))
    if initial:
        found.append("initial")
    if _works_and_studies(action):
        found.append("apprentissage")
    if text_of(action, "modalites-enseignement") in ("1", "2"):
        found.append("distance")
    return found if initial or "apprentissage" in found else [*found, "continue"]


def _dates(action: etree._Element) -> list[date]:
    dates = {day for text in values_of(action, "session/periode/debut") if (day := day_of(text))}
    return sorted(dates)[-MAX_DATES:]


def _links(formation: etree._Element, action: etree._Element) -> list[Link]:
    for element, path in ((action, "url-action/urlweb"), (formation, "url-formation/urlweb")):
        address = text_of(element, path)
        if address and " " not in address and "." in address:
            return [Link(label="Voir la formation", url=address if "://" in address else f"https://{address}")]
    return []
