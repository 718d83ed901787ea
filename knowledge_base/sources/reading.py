"""What every reader of a format needs: communes by postcode, name or point, courses by key, and tidy French."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from knowledge_base.geo.place import Place, distance_km
from knowledge_base.importers.place_book import display_name, long_form
from knowledge_base.importers.slugs import slug
from knowledge_base.places.batch import Batch, CourseFact, SiteFact

_FAR_KM = 25.0
NORMAN = ("14", "27", "50", "61", "76")
_CEDEX = re.compile(r"\s+cedex(?:\s*\d+)?$", re.I)
_STREETS = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard", "r": "rue", "pl": "place",
    "rte": "route", "chem": "chemin", "che": "chemin", "all": "allée", "imp": "impasse", "sq": "square", "fg": "faubourg",
    "qu": "quai", "res": "résidence",
}  # fmt: skip
_SMALL = {"de", "du", "des", "la", "le", "les", "l", "d", "et", "à", "a", "au", "aux", "sur", "sous", "en", "rue", "avenue",
          "boulevard", "place", "route", "chemin", "allée", "impasse", "square", "quai", "bis", "ter"}  # fmt: skip
_INITIALS = re.compile(r"\b(cfa|cfai|mfr|afpa|aftral|ifsi|iut|greta|esat|bp|zi|za|zac|cs|cci|cma|btp|ufa|chu|ch)\b", re.I)


class Communes:
    """The communes of Normandie by INSEE code, by (name, postcode) and by point."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_code: dict[str, Place] = {}
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        self._by_postcode: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            if place.kind == "commune":
                self._add(place)

    def _add(self, place: Place) -> None:
        self.by_code[place.code] = place
        for name in (place.name, *place.aliases):
            self._by_name[long_form(name)].append(place)
        for postcode in place.postcodes:
            self._by_postcode[postcode].append(place)

    def find(self, name: str = "", postcode: str = "", code: str = "", point: tuple[float, float] | None = None) -> Place | None:
        """The commune that is meant: by code, by name in the département, by postcode, or the nearest to a point."""
        if code in self.by_code:
            return self.by_code[code]
        named = self._named(name, postcode)
        if named:
            return named
        near = self.nearest(*point) if point else None
        if near and (not postcode or near.departement == postcode[:2]):
            return near
        places = self._by_postcode.get(postcode, [])
        return max(places, key=lambda place: place.population, default=None)

    def _named(self, name: str, postcode: str) -> Place | None:
        plain = long_form(_CEDEX.sub("", name.strip()))
        found = [place for place in self._by_name.get(plain, []) if not postcode or place.departement == postcode[:2]]
        found.sort(key=lambda place: (postcode in place.postcodes, place.population), reverse=True)
        return found[0] if found else None

    def nearest(self, lat: float, lon: float) -> Place | None:
        """The commune whose centre is nearest, within 12 km."""
        placed = [(distance_km(lat, lon, place.lat, place.lon), place.code) for place in self.by_code.values()
                  if place.lat is not None and place.lon is not None
                  and abs(place.lat - lat) < 0.12 and abs(place.lon - lon) < 0.2]  # fmt: skip
        best = min(placed, default=None)
        return self.by_code[best[1]] if best and best[0] < 12 else None


@dataclass
class Context:
    """What a reader works with. `courses`: the checked table by key; `dated`: the date of the file."""

    source: str
    dated: date
    communes: Communes
    courses: Mapping[str, CourseFact] = field(default_factory=dict)

    def batch(self) -> Batch:
        """An empty batch of this source and date."""
        return Batch(self.source, self.dated)


def without_cedex(name: str) -> str:
    """« CAEN CEDEX 4 » → « CAEN »."""
    return _CEDEX.sub("", name.strip())


def is_far(point: tuple[float, float], commune: tuple[float, float]) -> bool:
    """A point that cannot lie in that commune."""
    return distance_km(*point, *commune) > _FAR_KM


def course_key(label: str) -> str:
    """A stable key of a course from the words of its label; long labels end in a digest so that they stay apart."""
    key = slug(label)
    return key if len(key) <= 80 else f"{key[:71]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def located(communes: Communes, *, name: str = "", postcode: str = "", code: str = "",
            point: tuple[float, float] | None = None) -> dict[str, object]:  # fmt: skip
    """commune, commune_name, postcode, lat, lon, exact of a place; « Cedex » postcodes become the commune's own."""
    commune = communes.find(name, postcode, code, point)
    if commune is None:
        return {"commune_name": display_name(_CEDEX.sub("", name)), "postcode": postcode,
                "lat": point[0] if point else None, "lon": point[1] if point else None, "exact": point is not None}  # fmt: skip
    lat, lon = point or (commune.lat, commune.lon)
    own = postcode if postcode in commune.postcodes or not commune.postcodes else commune.postcodes[0]
    return {"commune": commune.code, "commune_name": commune.name, "postcode": own, "lat": lat, "lon": lon,
            "exact": point is not None}  # fmt: skip


def tidy_address(text: str) -> str:
    """« 1 R D'ANJOU, BP 20 » → « 1 rue d’Anjou »; post boxes are left out, capitals become words."""
    text = re.sub(r",?\s*\b(?:BP|CS|TSA)\s*\d[\d ]*", "", " ".join(text.split()), flags=re.I).strip(" ,")
    words = text.split(" ")
    shouted = text in (text.upper(), text.lower())
    tidy = [_street_word(word, shouted, position) for position, word in enumerate(words)]
    return " ".join(tidy).replace("'", "’")


def _street_word(word: str, shouted: bool, position: int) -> str:
    plain = word.lower().strip(".,")
    if plain in _STREETS and position <= 2 and (shouted or plain not in ("res", "qu", "all")):
        return _STREETS[plain]
    if not shouted or any(letter.isdigit() for letter in word):
        return word
    if plain in _SMALL:
        return plain
    return _capital(word.lower())


def _capital(word: str) -> str:
    for mark in ("'", "’"):
        if mark in word[:3]:
            head, tail = word.split(mark, 1)
            return f"{head}{mark}{tail.capitalize()}"
    return "-".join(part.capitalize() for part in word.split("-"))


# What directories write without accents, in short or without apostrophes.
_SPELLING = {
    "lycee": "lycée", "ecole": "école", "universite": "université", "superieure": "supérieure", "superieur": "supérieur",
    "competence": "compétence", "prive": "privé", "privee": "privée", "metiers": "métiers", "general": "général",
    "batiment": "bâtiment", "cotes": "côtes", "regional": "régional", "medias": "médias", "polyvalent": "polyvalent",
    "ctr": "centre", "educat": "éducation", "evreux": "Évreux", "alencon": "Alençon", "fecamp": "Fécamp", "lehec": "Lehec",
    "elbeuf": "Elbeuf", "lo": "Lô", "memorial": "mémorial", "cite": "cité", "genie": "génie", "therese": "Thérèse",
    "francois": "François", "andre": "André", "aelys": "Andelys", "sees": "Sées", "a": "à", "securite": "sécurité",
    "electrique": "électrique", "electroradio": "électroradio", "hotelier": "hôtelier", "ingenieurs": "ingénieurs",
}  # fmt: skip
_ELIDED = re.compile(r"\b([dl]) (?=[aeiouyhéèêâîôûAEIOUYHÉÈÊÂÎÔÛ])", re.I)
_WORD = re.compile(r"[^\W\d_]+")


def _spelt(found: re.Match[str]) -> str:
    word = found.group()
    right = _SPELLING.get(word.lower())
    if right is None or (word.isupper() and len(word) < 3):
        return word
    return right[:1].upper() + right[1:] if word[:1].isupper() else right


def of_town(name: str) -> str:
    """« d’Évreux », « du Havre », « des Andelys », « de Vernon »."""
    for article, short in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return short + name.removeprefix(article)
    return f"d’{name}" if name[:1] in "AEIOUYÉÈÊHÂÎÔ" and not name.startswith(("Hé", "Ho")) else f"de {name}"


def tidy_name(text: str) -> str:
    """A name of an establishment in sentence case, initials kept: « LYCÉE ÉMILE LITTRÉ » → « Lycée Émile Littré »."""
    text = " ".join(text.replace("’", "'").split())
    if text.upper() == text:
        words = [word.lower() if word.lower() in _SMALL - {"place"} and place else _capital(word.lower())
                 for place, word in enumerate(text.split(" "))]  # fmt: skip
        text = " ".join(words)
    text = _ELIDED.sub(lambda found: f"{found.group(1).lower()}'", _WORD.sub(_spelt, text))
    text = text.replace("entre Formation Apprentis", "entre de formation d'apprentis")
    text = _INITIALS.sub(lambda found: found.group().upper(), text)
    return (text[:1].upper() + text[1:]).replace("'", "’")


def uai_key(uai: str) -> str:
    """The key of an establishment that has a number in the national directory."""
    return f"uai-{uai.strip().lower()}"


def phone_number(text: str) -> str:
    """« 0231703300 » or « +33 2 31… » → « 02 31 70 33 00 »; empty when it is no French number."""
    digits = re.sub(r"\D", "", text.replace("+33", "0"))
    return " ".join(digits[start : start + 2] for start in range(0, 10, 2)) if len(digits) == 10 and digits[0] == "0" else ""


def site(context: Context, key: str, name: str, type_: str, place: dict[str, object], **facts: object) -> SiteFact:
    """A site of this source; `place` comes from `located`."""
    return SiteFact(key=key, name=name, type=type_, **{**place, **facts})  # type: ignore[arg-type]


def type_of_school(name: str, default: str = "lycee") -> str:
    """The type of an establishment by its name."""
    folded = f" {long_form(name)} "
    for type_, words in _TYPES:
        if any(f" {word}" in folded for word in words):
            return type_
    return default


_TYPES = (
    ("lycee_maritime", ("lycee professionnel maritime", "lycee maritime", "maritime et aquacole")),
    ("mfr", ("maison familiale", "mfr", "mfreo")),
    ("cfa", ("cfa ", "formation d apprentis", "formation apprentis", "cfai", "cfaa", "formation des apprentis", "urma")),
    ("lycee_agricole", ("lycee agricole", "lycee professionnel agricole", "horticole", "legta", "eplefpa", "lpa", "agricole",
                        "agro", "enseignement prive rural", "ecole agricole")),
    ("ifsi", ("ifsi", "ifas", "soins infirmiers", "croix rouge competence", "institut de formation", "instituts de formation",
              "ifres", "ifen", "erfps", "ifmem")),
    ("iut", ("iut", "i u t")),
    ("universite", ("universite", "ufr")),
    ("greta", ("greta",)),
    ("afpa", ("afpa", "formation professionnelle des adultes")),
    ("lycee_pro", ("lycee professionnel", "lycee des metiers", "lp ", "lep ", "section d enseignement professionnel", "sep ")),
    ("lycee", ("lycee", "institution", "ecole des roches")),
    ("ecole_sup", ("ecole", "institut", "insa", "cesi", "esigelec", "em normandie", "neoma", "irts", "sciences po", "isel",
                   "isen", "builders", "unilasalle", "cnam", "egc", "esitech")),
)  # fmt: skip
