"""All places in memory, and the one that a sentence names."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, select
from unidecode import unidecode

from knowledge_base.geo.place import Place
from knowledge_base.language import french
from knowledge_base.models import PlaceRow
from knowledge_base.text import fold, words

LONGEST_NAME = 7
# A commune this large is meant even without « à » before it.
WELL_KNOWN = 2_000
TYPO_CUTOFF = 86
_KINDS = {"commune": 0, "departement": 1, "epci": 2, "bassin": 3}
# Accents fall, except that of « à »: it is what tells the preposition from the verb.
_KEEP_GRAVE = re.compile(r"[^\x00-\x7fà]")
_EPCI_FORM = re.compile(r"^(ca|cc|cu|communaute (de communes|d agglomeration|urbaine)) (de la |de |du |des |d )?")


@dataclass(frozen=True)
class Mention:
    """A place named in a text: words `start` to `end` (end excluded) of the folded text, preposition included."""

    place: Place
    start: int
    end: int


class Gazetteer:
    """Read-only and thread-safe once built."""

    def __init__(self, places: list[Place]) -> None:
        lists = french().places
        self._short = {fold(key): fold(value) for key, value in lists["abreviations"].items()}
        self._ambiguous = {fold(name) for name in lists["ambigus"]}
        self._prepositions = {tuple(fold(item).split()) for item in lists["prepositions"]}
        self._announcers = {tuple(fold(item).split()) for item in lists["annonces"]}
        self._by_code: dict[str, Place] = {}
        self._by_postcode: dict[str, list[Place]] = defaultdict(list)
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        for place in sorted(places, key=lambda item: (_KINDS[item.kind], -item.population)):
            self._add(place)
        # Names that may be misspelt: a town's own and those of places.yml; a former village's must be right.
        usual = {fold(name) for town in lists["villes"] for name in (town["name"], *town.get("aliases", []))}
        usual |= {" ".join(self._normal(words(place.name))) for place in places if place.population >= WELL_KNOWN}
        self._towns = [name for name, found in self._by_name.items()
                       if found[0].population >= WELL_KNOWN and len(name) > 4 and name in usual]  # fmt: skip

    def _add(self, place: Place) -> None:
        self._by_code.setdefault(place.code, place)
        for postcode in place.postcodes:
            self._by_postcode[postcode].append(place)
        for name in (place.name, *place.aliases):
            for form in self._forms(name, place.kind):
                if place not in self._by_name[form]:
                    self._by_name[form].append(place)

    def _forms(self, name: str, kind: str) -> set[str]:
        folded = " ".join(self._normal(words(name)))
        forms = {folded}
        if kind == "epci":
            forms = {folded, _EPCI_FORM.sub("", folded)}
        return {form for form in forms if form}

    def _normal(self, tokens: list[str]) -> list[str]:
        # « st lo » → « saint lo »; « s » is « sur » between two words of a name only (« dives s mer »).
        result = []
        for position, token in enumerate(tokens):
            inside = 0 < position < len(tokens) - 1
            result.append(self._short[token] if token in self._short and (inside or len(token) > 1) else token)
        return result

    @property
    def places(self) -> list[Place]:
        """All places, largest communes first."""
        return list(self._by_code.values())

    def by_code(self, code: str) -> Place | None:
        """The place of a code: INSEE, département number, SIREN of an EPCI or code of an employment area."""
        return self._by_code.get(code)

    def __len__(self) -> int:
        return len(self._by_code)

    def find(self, text: str) -> Mention | None:
        """The place named in a sentence, None when there is none."""
        tokens = self._normal(words(text))
        return self._by_number(tokens) or self._by_run(tokens, text) or self._by_typo(tokens)

    def _by_number(self, tokens: list[str]) -> Mention | None:
        for position, token in enumerate(tokens):
            if token.isdigit() and len(token) == 5:
                place = self._postcode(token)
                if place:
                    return Mention(place, self._with_preposition(tokens, position), position + 1)
            if token.isdigit() and len(token) == 2 and token in self._by_code and self._is_departement(tokens, position):
                return Mention(self._by_code[token], self._with_preposition(tokens, position), position + 1)
        return None

    def _postcode(self, postcode: str) -> Place | None:
        found = self._by_postcode.get(postcode)
        return found[0] if found else self._by_code.get(postcode) or self._by_code.get(postcode[:2])

    @staticmethod
    def _is_departement(tokens: list[str], position: int) -> bool:
        # « 14 » alone or « dans le 14 », but neither « 14 ans » nor « le 14 mars ».
        if len(tokens) == 1:
            return True
        before = tokens[:position][-2:]
        announced = before[-1:] in (["departement"], ["dept"], ["dep"])
        announced = announced or before in (["dans", "le"], ["sur", "le"], ["vers", "le"])
        after = tokens[position + 1 : position + 2]
        last_of_a_short_query = not after and len(tokens) <= 4 and before[-1:] not in (["j"], ["ai"], ["de"], ["a"], ["le"])
        return announced or last_of_a_short_query

    def _by_run(self, tokens: list[str], text: str) -> Mention | None:
        best: tuple[tuple[int, int, int], Mention] | None = None
        for start in range(len(tokens)):
            for end in range(min(len(tokens), start + LONGEST_NAME), start, -1):
                found = self._by_name.get(" ".join(tokens[start:end]))
                if not found:
                    continue
                first = self._with_preposition(tokens, start)
                announced = first < start or (end == len(tokens) and self._announced(tokens, start))
                if self._meant(" ".join(tokens[start:end]), found[0], announced, len(tokens) == end - start, text):
                    rank = (end - start, int(first < start), found[0].population)
                    if best is None or rank > best[0]:
                        best = rank, Mention(found[0], first, end)
                break
        return best[1] if best else None

    def _announced(self, tokens: list[str], start: int) -> bool:
        return any(tuple(tokens[start - length : start]) in self._announcers for length in (1, 2, 3) if start >= length)

    def _meant(self, name: str, place: Place, announced: bool, alone: bool, text: str) -> bool:
        if alone:
            return True
        if name in self._ambiguous:
            return announced and self._plainly_a_place(name, text)
        return announced or place.population >= WELL_KNOWN or place.kind != "commune"

    @staticmethod
    def _plainly_a_place(name: str, text: str) -> bool:
        # « j’ai eu » folds like « à Eu »: for these names the accent, the capital or a longer preposition decides.
        plain_text = _KEEP_GRAVE.sub(lambda found: unidecode(found.group()), text)
        escaped = re.escape(name).replace(r"\ ", r"[\s-]")
        before = "à|vers|dans|(?:pres|proche|autour|ville|cote|mission locale|cio|cfa|ml) (?:d[e'])?"
        plain = re.compile(rf"\b(?:{before})\s*(?:l[ae]s?\s)?\s*{escaped}\b", re.I)
        capital = re.compile(rf"\b(?:[Aa]|de|en|sur|locale|CIO)\s+{escaped.title()}\b")
        return bool(plain.search(plain_text) or capital.search(plain_text))

    def _with_preposition(self, tokens: list[str], start: int) -> int:
        first = start
        if first and tokens[first - 1] in ("le", "la", "l", "les"):
            first -= 1
        for length in (3, 2, 1):
            if first >= length and tuple(tokens[first - length : first]) in self._prepositions:
                return first - length
        return start

    def _by_typo(self, tokens: list[str]) -> Mention | None:
        for length in (3, 2, 1):
            for start in range(len(tokens) - length + 1):
                first, end = self._with_preposition(tokens, start), start + length
                name = " ".join(tokens[start:end])
                if first == start or tokens[first] in ("de", "d", "en", "par", "entre", "dans") or len(name) < 5:
                    continue
                found = process.extractOne(name, self._towns, scorer=fuzz.ratio, score_cutoff=TYPO_CUTOFF)
                if found and found[0][0] == name[0]:
                    return Mention(self._by_name[found[0]][0], first, end)
        return None


def read_gazetteer(connection: Connection) -> Gazetteer:
    """All places that are not retired."""
    rows = connection.execute(select(PlaceRow.__table__).where(PlaceRow.retired_on.is_(None))).mappings()
    return Gazetteer([_place(row) for row in rows])


def _place(row: object) -> Place:
    values = dict(row)  # type: ignore[call-overload]
    return Place(
        name=values["name"],
        code=values["code"],
        kind=values["kind"],
        lat=values["lat"],
        lon=values["lon"],
        population=values["population"],
        departement=values["departement"],
        epci=values["epci"],
        bassin=values["bassin"],
        postcodes=tuple(values["postcodes"]),
        aliases=tuple(values["aliases"]),
    )
