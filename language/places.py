"""Places named in a text, against a snapshot of names handed in (nothing here knows Normandy)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice
from typing import Any, Literal

from language.fold import fold_words
from language.place_case import plainly_a_place
from language.tables import run, table, word_set
from language.words import Word

PlaceKind = Literal["commune", "departement", "epci", "bassin", "region", "home"]
Span = tuple[int, int]
LONGEST_NAME = 7
# A commune this large is meant even without « à » before it.
WELL_KNOWN = 2_000
SHORTEST_TYPO, ALIKE = 5, 0.86
MOST_TRIED = 12  # stretches a message that are compared with names letter by letter: a bound on the work
SHORTEST_JOINED = 5
_POSTCODE, _DEPARTEMENT = 5, 2
_LATEST_DAY = 31
# Prepositions that announce too many other things for a name spelt nearly right.
_VAGUE = frozenset({"de", "d", "en", "par", "entre", "dans"})


@dataclass(frozen=True)
class KnownPlace:
    """A place that a name may mean."""

    code: str
    kind: PlaceKind
    population: int = 0


@dataclass(frozen=True)
class PlaceMention:
    """A place named by the words `start` to `end` (end excluded), preposition included.

    `codes`: every place of that name, the largest first; none for « près de chez moi » (`home`). `name`: as it was found, folded.
    """

    codes: tuple[str, ...]
    kind: PlaceKind
    start: int
    end: int
    name: str = ""
    refused: bool = False

    @property
    def code(self) -> str | None:
        """The likeliest place."""
        return self.codes[0] if self.codes else None

    def to_wire(self) -> list[Any]:
        """As compact JSON."""
        return [list(self.codes), self.kind, self.start, self.end, self.name, int(self.refused)]

    @classmethod
    def from_wire(cls, wire: Sequence[Any]) -> PlaceMention:
        """What `to_wire` wrote."""
        return cls(tuple(wire[0]), wire[1], wire[2], wire[3], wire[4], bool(wire[5]))


class PlaceNames:
    """The names of all places. Read-only and safe in threads once built."""

    def __init__(self, names: Mapping[str, Iterable[KnownPlace]], postcodes: Mapping[str, str] | None = None) -> None:
        """`names`: a name → the places that bear it, the likeliest first. `postcodes`: a postcode → a code of place."""
        self._by_name: dict[str, tuple[KnownPlace, ...]] = {}
        self._joined: dict[str, str] = {}
        self._longest: dict[str, int] = {}
        self._towns: dict[str, list[str]] = defaultdict(list)
        self._postcodes = dict(postcodes or {})
        for name, places in names.items():
            self._add(normal_name(name), tuple(places))
        for name in [name for name in self._by_name if name.startswith(("le ", "les ")) and name not in _ambiguous()]:
            # « au Havre », « aux Andelys »
            self._by_name.setdefault(name.replace("les ", "aux ", 1).replace("le ", "au ", 1), self._by_name[name])
        for name in self._by_name:
            first = name.split(" ", 1)[0]
            self._longest[first] = max(self._longest.get(first, 0), min(name.count(" ") + 1, LONGEST_NAME))
        self._departements = {place.code for places in self._by_name.values() for place in places if place.kind == "departement"}

    def _add(self, name: str, places: tuple[KnownPlace, ...]) -> None:
        if not name or not places:
            return
        known = self._by_name.get(name, ())
        self._by_name[name] = known + tuple(place for place in places if place not in known)
        if " " in name or len(name) >= SHORTEST_JOINED:
            self._joined.setdefault(name.replace(" ", ""), name)
        if places[0].population >= WELL_KNOWN and len(name) > SHORTEST_TYPO - 1 and name not in self._towns[name[0]]:
            self._towns[name[0]].append(name)

    @property
    def words(self) -> frozenset[str]:
        """Every word of a name: what a correction of slips must leave alone."""
        return frozenset(word for name in self._by_name for word in name.split())

    def find(self, text: str) -> PlaceMention | None:
        """The one place that a short text names; its words are those of `fold_words(text)`."""
        finder = _Finder(self, text, fold_words(text).split())
        number = next(finder.numbers(), None)
        town = finder.best() if number is None or number.kind == "departement" else None
        if number and town:  # « Évreux (27) » is Évreux
            return _of_departement(town, number.codes[0]) or number
        return number or town or next(finder.typos(), None)

    def find_all(self, text: str, words: Sequence[Word], refused: Sequence[Span] = ()) -> tuple[PlaceMention, ...]:
        """Every place, in order, also the region and « près de chez moi »; those in refused words are marked."""
        finder = _Finder(self, text, [word.normal for word in words])
        found = _without_their_number(_apart([*finder.numbers(), *finder.runs(), *finder.turns()]))
        if not found:
            found = _apart(finder.typos())
        return tuple(_marked(found, refused))

    def named(self, name: str) -> tuple[KnownPlace, ...]:
        """The places of a name."""
        return self._by_name.get(name, ())

    def joined(self, letters: str) -> str | None:
        """The name that has these letters, wherever its words are cut."""
        return self._joined.get(letters)

    def longest(self, word: str, following: str) -> int:
        """How many words a name may have that begins with these two: a quick no for nearly all words of a text."""
        if word in self._longest:
            return max(self._longest[word], 2)
        return 2 if word + following in self._joined else int(word in self._joined)

    def postcode(self, number: str) -> str | None:
        """The place of a postcode, or its département."""
        return self._postcodes.get(number) or (number[:2] if number[:2] in self._departements else None)

    def is_departement(self, number: str) -> bool:
        """Whether a number is that of a département."""
        return number in self._departements

    def near(self, name: str) -> str | None:
        """The well-known town that is spelt nearly so, with the same first letter."""
        alike = [(likeness(name, town), town) for town in self._towns.get(name[0], ()) if abs(len(town) - len(name)) <= 2]
        best = max(alike, default=(0.0, ""))
        return best[1] if best[0] >= ALIKE else None


class _Finder:
    """One text against the names."""

    def __init__(self, names: PlaceNames, text: str, typed: Sequence[str]) -> None:
        self._names, self._text = names, text
        self._forms = _long_forms(typed)
        self._ends: set[int] = set()

    def numbers(self) -> Iterator[PlaceMention]:
        """Postcodes (« 76000 », « 76 000 ») and départements (« dans le 61 »)."""
        for place, form in enumerate(self._forms):
            if not (form.isdecimal() and form.isascii()):
                continue
            spaced = (
                form + self._form(place + 1)
                if len(form) == _DEPARTEMENT and len(self._form(place + 1)) == _POSTCODE - _DEPARTEMENT
                else ""
            )
            for number, end in ((form, place + 1), (spaced, place + 2)):
                code = self._names.postcode(number) if len(number) == _POSTCODE and number.isdecimal() else None
                if code:
                    yield self._mention((code,), "departement" if len(code) == 2 else "commune", place, end)
            if self._names.is_departement(form) and self._is_departement(place):
                yield self._mention((form,), "departement", place, place + 1)

    def _is_departement(self, place: int) -> bool:
        # « 14 » alone or « dans le 14 », but neither « 14 ans » nor « le 14 mars ».
        if len(self._forms) == 1:
            return True
        if self._form(place + 1) in word_set("places", "pas_un_departement"):
            return False
        before = self._forms[max(0, place - 3) : place]
        if any(tuple(before[-length:]) in _turns("devant_un_departement") for length in (1, 2, 3)):
            return True
        if before[-1:] == ["le"] and int(self._forms[place]) > _LATEST_DAY:
            return True
        last_of_a_short_query = place + 1 == len(self._forms) and len(self._forms) <= 4
        return last_of_a_short_query and before[-1:] not in (["j"], ["ai"], ["de"], ["a"], ["le"])

    def best(self) -> PlaceMention | None:
        """The longest name; of two, the one with a preposition, then the larger place."""
        found = [mention for mention in self.runs() if mention.kind != "region"]
        return max(found, key=lambda item: (*self._rank(item), -item.start), default=None)

    def _rank(self, mention: PlaceMention) -> tuple[int, int, int]:
        named = self._names.named(mention.name)
        length = len(mention.name.split())
        return length, int(mention.end - mention.start > length), named[0].population if named else 0

    def runs(self) -> Iterator[PlaceMention]:
        """Names in the text."""
        for start in range(len(self._forms)):
            longest = self._names.longest(self._forms[start], self._form(start + 1))
            for end in range(min(len(self._forms), start + longest), start, -1):
                name = self._name(start, end)
                if name is None:
                    continue
                mention = self._meant(name, start, end)
                if mention:
                    self._ends.add(end)
                    yield mention
                break

    def _name(self, start: int, end: int) -> str | None:
        name = " ".join(self._forms[start:end])
        if self._names.named(name):
            return name
        # « pont leveque » is « pont l eveque »; « or bec » is « orbec » where a place is announced; « ca en » is nothing.
        joined = self._names.joined(name.replace(" ", ""))
        if joined is None or (end - start > 1 and " " not in joined and not self._may_be_joined(start, end)):
            return None
        return joined

    def _may_be_joined(self, start: int, end: int) -> bool:
        whole = word_set("places", "jamais_colles").isdisjoint(self._forms[start:end])
        return whole and self._with_preposition(start) < start

    def _meant(self, name: str, start: int, end: int) -> PlaceMention | None:
        places = self._names.named(name)
        first = self._with_preposition(start)
        announced = (
            first < start
            or name.startswith(("au ", "aux "))
            or (end == len(self._forms) and self._is_announced(start))
            or self._goes_on(start)
            or self._is_numbered(end, places)
        )
        if not self._believed(name, places[0], announced, alone=end - start == len(self._forms)):
            return None
        return PlaceMention(tuple(place.code for place in places), places[0].kind, first, end, name)

    def _believed(self, name: str, place: KnownPlace, announced: bool, *, alone: bool) -> bool:
        if alone:
            return True
        if name in _ambiguous():
            return announced and plainly_a_place(name, self._text)
        return announced or place.population >= WELL_KNOWN or place.kind != "commune"

    def _is_announced(self, start: int) -> bool:
        return any(tuple(self._forms[start - length : start]) in _turns("annonces") for length in (1, 2, 3) if start >= length)

    def _is_numbered(self, end: int, places: Sequence[KnownPlace]) -> bool:
        # « Bréhal (50) », « Percy 50410 »
        number = self._form(end)
        plain = number.isdecimal() and len(number) in (_DEPARTEMENT, _POSTCODE)
        return plain and any(place.code.startswith(number[:_DEPARTEMENT]) for place in places)

    def _goes_on(self, start: int) -> bool:
        # « entre Caen et Bayeux »: the second name needs no preposition of its own.
        before = start
        while before and self._forms[before - 1] in word_set("places", "suite"):
            before -= 1
        return before < start and before in self._ends

    def _with_preposition(self, start: int) -> int:
        first = start
        if first and self._forms[first - 1] in ("le", "la", "l", "les"):
            first -= 1
        if not first or self._forms[first - 1] not in _last_words():
            return start
        for length in (3, 2, 1):
            if first >= length and tuple(self._forms[first - length : first]) in _turns("prepositions"):
                return first - length
        return start

    def turns(self) -> Iterator[PlaceMention]:
        """The region and « près de chez moi »."""
        for kind, key in (("region", "region"), ("home", "chez_moi")):
            for start, end in _stretches(self._forms, _turns(key)):
                yield PlaceMention((), kind, self._with_preposition(start), end, " ".join(self._forms[start:end]))  # type: ignore[arg-type]

    def typos(self) -> Iterator[PlaceMention]:
        """Announced names that are nearly a well-known town's (« vers cherbour »)."""
        firsts = [self._with_preposition(start) for start in range(len(self._forms))]
        announced = [start for start, first in enumerate(firsts) if first < start and self._forms[first] not in _VAGUE]
        stretches = ((start, start + length) for length in (3, 2, 1) for start in announced if start + length <= len(self._forms))
        named = ((start, end, " ".join(self._forms[start:end])) for start, end in stretches)
        for start, end, name in islice((each for each in named if len(each[2]) >= SHORTEST_TYPO), MOST_TRIED):
            if found := self._names.near(name):
                places = self._names.named(found)
                yield PlaceMention(tuple(place.code for place in places), places[0].kind, firsts[start], end, found)

    def _mention(self, codes: tuple[str, ...], kind: PlaceKind, start: int, end: int) -> PlaceMention:
        return PlaceMention(codes, kind, self._with_preposition(start), end, " ".join(self._forms[start:end]))

    def _form(self, place: int) -> str:
        return self._forms[place] if place < len(self._forms) else ""


def normal_name(name: str) -> str:
    """A name as texts are compared with it: « Saint-Lô », « St Lô » → « saint lo »."""
    return " ".join(_long_forms(fold_words(name).split()))


def _long_forms(forms: Sequence[str]) -> list[str]:
    # « st lo » → « saint lo »; « s » is « sur » between two words of a name only (« dives s mer »).
    short = _short()
    last = len(forms) - 1
    return [short[form] if form in short and (len(form) > 1 or 0 < place < last) else form for place, form in enumerate(forms)]


def likeness(one: str, other: str) -> float:
    """How alike two words are, 0 to 1: twice their longest common subsequence over their letters."""
    masks: dict[str, int] = defaultdict(int)
    for place, letter in enumerate(one):
        masks[letter] |= 1 << place
    row, full = (1 << len(one)) - 1, (1 << len(one)) - 1
    for letter in other:
        kept = row & masks.get(letter, 0)
        row = ((row + kept) | (row - kept)) & full
    return 2 * (len(one) - row.bit_count()) / (len(one) + len(other))


def _apart(mentions: Iterable[PlaceMention]) -> list[PlaceMention]:
    """Of mentions that overlap, the longest; in order."""
    kept: list[PlaceMention] = []
    for mention in sorted(mentions, key=lambda item: (item.start - item.end, item.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda item: item.start)


def _of_departement(town: PlaceMention, number: str) -> PlaceMention | None:
    """The commune of this name that lies there, first of all of its name."""
    there = tuple(code for code in town.codes if code.startswith(number))
    others = tuple(code for code in town.codes if not code.startswith(number))
    return replace(town, codes=there + others) if there and town.kind == "commune" else None


def _without_their_number(mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """« Évreux (27) » names one place; « à Caen et dans le 14 » two."""
    kept: list[PlaceMention] = []
    for mention in mentions:
        beside = kept and kept[-1].end == mention.start and mention.kind == "departement" and mention.end - mention.start == 1
        town = _of_departement(kept[-1], mention.codes[0]) if beside else None
        if town:
            kept[-1] = replace(town, end=mention.end)
        else:
            kept.append(mention)
    return kept


def _marked(mentions: Sequence[PlaceMention], refused: Sequence[Span]) -> Iterator[PlaceMention]:
    """« pas Vimoutiers Lisieux », dictated: of two names side by side, the first is refused."""
    for place, mention in enumerate(mentions):
        span = next((span for span in refused if span[0] < mention.end and mention.start < span[1]), None)
        follows = (
            bool(place) and mentions[place - 1].end == mention.start and span is not None and mentions[place - 1].end > span[0]
        )
        yield replace(mention, refused=span is not None and not follows)


def _stretches(forms: Sequence[str], turns: frozenset[tuple[str, ...]]) -> Iterator[Span]:
    longest, firsts = max(map(len, turns)), {turn[0] for turn in turns}
    for start, form in enumerate(forms):
        if form in firsts:
            ends = (start + length for length in range(min(longest, len(forms) - start), 0, -1))
            yield from ((start, end) for end in ends if tuple(forms[start:end]) in turns)


@cache
def _last_words() -> frozenset[str]:
    return frozenset(turn[-1] for turn in _turns("prepositions"))


@cache
def _turns(key: str) -> frozenset[tuple[str, ...]]:
    return frozenset(run(item) for item in table("places")[key])


@lru_cache(maxsize=1)
def _ambiguous() -> frozenset[str]:
    return frozenset(normal_name(str(name)) for name in table("places")["ambigus"])


@lru_cache(maxsize=1)
def _short() -> Mapping[str, str]:
    return {fold_words(str(key)): fold_words(str(value)) for key, value in table("places")["abreviations"].items()}
