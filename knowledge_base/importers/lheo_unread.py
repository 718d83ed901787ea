"""What of a LHÉO action is written and cannot be taken: told with its line, never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from knowledge_base.importers.lheo_values import INSEE, LEVELS, NO_DAY, POSTCODE, UNKNOWN, day_of, position_of, text_of, values_of
from knowledge_base.schema import ROME_CODE

# Of the table of levels, those that we do not show: none, without level, below the CAP.
NO_LEVEL = ("", "0", "1", "2", "3", "11", "12")
WAYS_OF_TEACHING = ("", "0", "1", "2")


def unread(formation: etree._Element, action: etree._Element, home: etree._Element | None) -> Iterator[str]:
    """One phrase a value."""
    yield from _of_formation(formation)
    if text_of(action, "modalites-enseignement") not in WAYS_OF_TEACHING:
        yield _told("modalités d’enseignement", text_of(action, "modalites-enseignement"))
    for text in values_of(action, "session/periode/debut"):
        if text not in NO_DAY and day_of(text) is None:
            yield _told("date de début", text)
    address = home.find(".//{*}adresse") if home is not None else None
    if address is not None:
        yield from _of_address(address)


def _of_formation(formation: etree._Element) -> Iterator[str]:
    level = text_of(formation, "code-niveau-sortie")
    if level not in NO_LEVEL and level not in LEVELS:
        yield _told("niveau de sortie", level)
    for code in values_of(formation, "domaine-formation/code-ROME"):
        if not ROME_CODE.match(code):
            yield _told("code ROME", code)


def _of_address(address: etree._Element) -> Iterator[str]:
    for name, path, form in (("code postal", "codepostal", POSTCODE), ("code INSEE", "code-INSEE-commune", INSEE)):
        text = text_of(address, path)
        if text not in UNKNOWN and not form.match(text):
            yield _told(name, text)
    written = [text_of(address, f"geolocalisation/{name}") for name in ("latitude", "longitude")]
    if any(text not in UNKNOWN for text in written) and position_of(address) is None:
        yield _told("position", " ".join(written))


def _told(what: str, text: str) -> str:
    return f"{what} ignoré : « {text[:40]} »"
