"""An opened index: immutable, shared by all threads; a new content means a new snapshot."""

from __future__ import annotations

import json
import math
import mmap
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import tantivy

from knowledge_base.errors import IndexUnavailable
from knowledge_base.language import solid_words
from knowledge_base.meta import Edition
from knowledge_base.search.schema import FORMAT, OFFERS, REFERENCES, build_schema, stems

Card = dict[str, Any]
Clause = tuple[tantivy.Occur, tantivy.Query]
# The rarest 3-grams of a long name find it as well as all of them, several times faster.
TELLING_GRAMS = 22


@dataclass(frozen=True)
class Box:
    """A rectangle in degrees."""

    south: float
    north: float
    west: float
    east: float

    @classmethod
    def around(cls, lat: float, lon: float, radius_km: float) -> Box:
        """The rectangle that holds the circle of that radius."""
        half_lat = radius_km / 111.0
        half_lon = half_lat / max(0.2, math.cos(math.radians(lat)))
        return cls(lat - half_lat, lat + half_lat, lon - half_lon, lon + half_lon)


class Snapshot:
    """Candidates by 3-grams or by text, names and cards by ordinal."""

    def __init__(self, folder: Path) -> None:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if meta["format"] != FORMAT:
            raise IndexUnavailable(f"index d’un autre format ({meta['format']})")
        self.folder, self.edition, self.offers = folder, Edition(**meta["edition"]), int(meta["offers"])
        # Reference sheets come first, course offers after them.
        self.references = int(meta["references"])
        self._schema = build_schema()
        self._searchers = {name: [_searcher(folder / name)] for name in (REFERENCES, OFFERS)}
        # Corrected since (see patch.py): names to leave out, and cards that lie in memory.
        self._hidden: frozenset[int] = frozenset()
        self._added: dict[int, Card] = {}
        self._gram_counts: dict[str, dict[str, int]] = {REFERENCES: {}, OFFERS: {}}
        lines = (folder / "names.txt").read_text(encoding="utf-8").split("\n")[: meta["names"]]
        pairs = [line.split("\t") for line in lines]
        self.names: list[str] = [pair[0] for pair in pairs]
        self.labels: list[str] = [pair[1] for pair in pairs]
        self.sounds: list[str] = [pair[2] for pair in pairs]
        self.name_sheet = array("I", (folder / "name_sheet.bin").read_bytes())
        self._offset = array("Q", (folder / "card_offset.bin").read_bytes())
        self._cards = _map(folder / "cards.jsonl")
        self._idf = self._inverse_frequencies(folder)
        self.keys: dict[str, int] = json.loads((folder / "keys.json").read_text(encoding="utf-8"))
        self.codes: dict[str, list[int]] = json.loads((folder / "codes.json").read_text(encoding="utf-8"))
        self._ordinary = frozenset((folder / "ordinary.txt").read_text(encoding="utf-8").split())
        self.unknown_idf = math.log(1 + len(self.names))

    def _inverse_frequencies(self, folder: Path) -> dict[str, float]:
        total = max(1, len(self.names))
        counts = json.loads((folder / "frequency.json").read_text(encoding="utf-8"))
        return {word: math.log(1 + total / count) for word, count in counts.items()}

    @property
    def version(self) -> str:
        """The version of the content that is answered from."""
        return self.edition.version

    def solid_name(self, ordinal: int) -> tuple[str, ...]:
        """The words of a name without articles and prepositions."""
        return _solid(self.names[ordinal])

    def __len__(self) -> int:
        return max(0, len(self._offset) - 1) + len(self._added)

    def idf(self, word: str) -> float:
        """How telling a word is: large for a rare one; that of a word seen once when it is unknown."""
        return self._idf.get(word, self.unknown_idf)

    def knows(self, word: str) -> bool:
        """True when some name holds this very word."""
        return word in self._idf

    def ordinary(self, word: str) -> bool:
        """True for a word of everyday French: written on purpose, it is no misspelling of another."""
        return word in self._ordinary

    def called(self, word: str) -> list[int]:
        """The ordinals of the reference sheets that have this one word as a whole name."""
        return self._single.get(word, [])

    @cached_property
    def _single(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, name in enumerate(self.names):
            ordinal = self.name_sheet[at]
            if " " not in name and (ordinal < self.references or ordinal in self._added) and at not in self._hidden:
                found.setdefault(name, []).append(ordinal)
        return found

    def ordinal_of(self, kind: str, sheet_id: str) -> int | None:
        """The ordinal of a sheet, None when it has no card of its own. A course is looked for among all cards."""
        known = self.keys.get(f"{kind}/{sheet_id}")
        if known is not None or kind != "formation":
            return known
        at = self._cards.find(f'"id": "{sheet_id}"'.encode())
        return None if at < 0 else bisect_right(self._offset, at) - 1

    def lay_over(self, searchers: dict[str, tantivy.Searcher], added: dict[int, Card], hidden: set[int], words: set[str]) -> None:
        """Makes this copy answer from further cards (by ordinal) in further indexes, and no longer from hidden names."""
        self._searchers = {name: [*found, searchers[name]] for name, found in self._searchers.items()}
        self._gram_counts = {name: {} for name in self._searchers}
        self._added, self._hidden = added, frozenset(hidden)
        self.__dict__.pop("_single", None)
        self._idf = self._idf | {word: self.unknown_idf for word in words if word not in self._idf}

    def card(self, ordinal: int) -> Card:
        """The card of a sheet by its ordinal."""
        if ordinal in self._added:
            return dict(self._added[ordinal])
        card: Card = json.loads(self._cards[self._offset[ordinal] : self._offset[ordinal + 1]])
        return card

    def by_grams(
        self,
        wanted: dict[str, float],
        limit: int,
        *,
        all_of: Sequence[Sequence[str]] = (),
        box: Box | None = None,
        index: str = REFERENCES,
    ) -> list[tuple[int, float]]:
        """(name ordinal, BM25 score), best first, of the names that share 3-grams with `wanted` (gram → weight).

        `all_of` holds groups of tags: of each group at least one must be on the document.
        """
        counts = sorted((-wanted[gram], self._count(index, gram), gram) for gram in wanted)
        telling = [gram for _, count, gram in counts if count][:TELLING_GRAMS]
        should = [self._term("grams", gram, wanted[gram]) for gram in telling]
        return self._run(index, should, limit, all_of, box)

    def _count(self, index: str, gram: str) -> int:
        counts = self._gram_counts[index]
        if gram not in counts:
            counts[gram] = sum(searcher.doc_freq("grams", gram) for searcher in self._searchers[index])
        return counts[gram]

    def by_text(self, folded: str, limit: int, *, all_of: Sequence[Sequence[str]] = ()) -> list[tuple[int, float]]:
        """(name ordinal, BM25 score) of the reference sheets whose text shares word stems with `folded`."""
        should = [self._term("body", stem, 1.0) for stem in set(stems(folded))]
        return self._run(REFERENCES, should, limit, all_of, None)

    def _term(self, field: str, value: str, weight: float) -> Clause:
        term = tantivy.Query.term_query(self._schema, field, value, "freq")
        return tantivy.Occur.Should, term if weight == 1.0 else tantivy.Query.boost_query(term, weight)

    def _run(
        self, index: str, should: list[Clause], limit: int, all_of: Sequence[Sequence[str]], box: Box | None
    ) -> list[tuple[int, float]]:
        if not should:
            return []
        filters = self._filters(all_of, box)
        query = tantivy.Query.boolean_query(should)
        if filters:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *filters])
        found: list[tuple[int, float]] = []
        for searcher in self._searchers[index]:
            hits = searcher.search(query, limit + len(self._hidden), False).hits
            ordinals = searcher.fast_field_values("ord", [address for _, address in hits])
            found += [(int(ordinal or 0), float(score)) for ordinal, (score, _) in zip(ordinals, hits, strict=True)]
        if not self._added and not self._hidden:
            return found
        return sorted((hit for hit in found if hit[0] not in self._hidden), key=lambda hit: -hit[1])[:limit]

    def _filters(self, all_of: Sequence[Sequence[str]], box: Box | None) -> list[Clause]:
        filters = []
        for group in all_of:
            tags = [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "tags", tag, "basic")) for tag in group]
            filters.append((tantivy.Occur.Must, tantivy.Query.const_score_query(tantivy.Query.boolean_query(tags), 0.0)))
        if box:
            for name, low, high in (("lat", box.south, box.north), ("lon", box.west, box.east)):
                inside = tantivy.Query.range_query(self._schema, name, tantivy.FieldType.Float, low, high)
                filters.append((tantivy.Occur.Must, tantivy.Query.const_score_query(inside, 0.0)))
        return filters


@lru_cache(maxsize=65536)
def _solid(name: str) -> tuple[str, ...]:
    return tuple(solid_words(name.split()))


def _searcher(folder: Path) -> tantivy.Searcher:
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")
    return index.searcher()


def _map(path: Path) -> mmap.mmap | bytes:
    if path.stat().st_size == 0:
        return b""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
