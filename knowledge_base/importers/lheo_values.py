"""The values of LHÉO elements: texts without tags, lists, days, positions."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from lxml import etree

from knowledge_base.importers.dates import read_date
from knowledge_base.references import without_references

POSTCODE = re.compile(r"^\d{5}$")
INSEE = re.compile(r"^\d[\dAB]\d{3}$")
# LHÉO's table of levels: 4 = CAP … 8 = bac + 5; the European level is one less. 9 = doctorate. LHÉO 2.3 adds 11 to 18: the
# European levels themselves, of which we show 3 to 8.
LEVELS = {"4": 3, "5": 4, "6": 5, "7": 6, "8": 7, "9": 8, **{str(10 + level): level for level in range(3, 9)}}
UNKNOWN = ("", "-", "0")
# LHÉO writes these for a date that is not known.
NO_DAY = ("00000000", "99999999")
_TAGS = re.compile(r"<[^>]+>")


def text_of(element: etree._Element, path: str) -> str:
    """The text at a path of local names, without tags; empty for LHÉO's « - »."""
    found = element.find(path_of(path))
    if found is None:
        return ""
    text = "".join(map(str, found.itertext())) if len(found) else found.text or ""
    if "<" in text or "&" in text:
        text = without_references(_TAGS.sub(" ", without_references(text)))
    text = " ".join(text.split())
    return "" if text == "-" else text


@lru_cache(maxsize=256)
def path_of(path: str) -> str:
    """The same path whatever the namespace."""
    return "/".join(f"{{*}}{part}" for part in path.split("/"))


def values_of(element: etree._Element, path: str) -> list[str]:
    """Every value at a path, without those that mean « unknown »."""
    found = element.findall(path_of(path))
    return [value for item in found if (value := (item.text or "").strip()) not in UNKNOWN]


def day_of(text: str) -> date | None:
    """The day of « 20270901 » or of another form of date; None when it is not known or is none."""
    day = None if text in NO_DAY else read_date(text)
    return day if day and 1990 < day.year < 2100 else None


def position_of(address: etree._Element) -> tuple[float, float] | None:
    """(latitude, longitude) when it lies in France or near it."""
    try:
        lat, lon = (float(text_of(address, f"geolocalisation/{name}")) for name in ("latitude", "longitude"))
    except ValueError:
        return None
    return (lat, lon) if 41 <= lat <= 52 and -6 <= lon <= 10 else None
