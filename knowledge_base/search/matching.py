"""From a question to scored sheets: candidates by 3-grams, then a careful look at each name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.search.scoring import PARTIAL_CEILING, complete_score, coverage, partial_score
from knowledge_base.search.snapshot import Box, Card, Snapshot
from knowledge_base.text import grams

CANDIDATES = 60
# The words of this many are compared one by one; the others only count when the whole name is alike.
LOOKED_AT = 30
# More sheets than this never make a page.
CARDS = 25
# Words of the question that could also be words of a name (« responsable formation ») weigh little.
DROPPED_WEIGHT = 0.25
_SAME = 0.02


@dataclass
class Match:
    """A sheet (`ordinal`) by its best name: `label` is that name when it is not the title."""

    ordinal: int
    score: float
    form: str
    label: str
    typed_share: float
    name_share: float
    card: Card


def match_names(
    snapshot: Snapshot,
    content: list[str],
    solid: list[str],
    *,
    all_of: Sequence[Sequence[str]] = (),
    box: Box | None = None,
    limit: int = CANDIDATES,
) -> list[Match]:
    """The sheets whose names look like what was typed, best first, one entry per sheet."""
    wanted = dict.fromkeys(grams(content), 1.0)
    for gram in grams([word for word in solid if word not in content]):
        wanted.setdefault(gram, DROPPED_WEIGHT)
    best: dict[int, Match] = {}
    typed = {" ".join(content), " ".join(solid)}
    for rank, (ordinal, bm25) in enumerate(snapshot.by_grams(wanted, limit, all_of=all_of, box=box)):
        found = _score(snapshot, ordinal, content, typed, bm25, by_parts=rank < LOOKED_AT or box is not None)
        old = best.get(found.ordinal)
        if old is None or found.score > old.score:
            best[found.ordinal] = found
    matches = sorted(best.values(), key=lambda match: -match.score)[: limit if box else CARDS]
    for match in matches:
        match.card = snapshot.card(match.ordinal)
    return matches


def _score(snapshot: Snapshot, ordinal: int, content: list[str], typed: set[str], bm25: float, *, by_parts: bool) -> Match:
    name = snapshot.solid_name(ordinal)
    whole = " ".join(name)
    complete = max(complete_score(text, whole) for text in typed)
    typed_share, name_share = coverage(content, name, snapshot.idf, snapshot.knows) if by_parts else (0.0, 0.0)
    partial = partial_score(typed_share, name_share)
    # BM25 only orders names that are otherwise equal.
    score = max(complete, min(partial, PARTIAL_CEILING)) + min(bm25, 100.0) * 1e-6
    return Match(
        snapshot.name_sheet[ordinal],
        min(score, 1.0),
        snapshot.names[ordinal],
        snapshot.labels[ordinal],
        typed_share,
        name_share,
        {},
    )


def drop_doubles(matches: list[Match]) -> list[Match]:
    """One card per trade: of several sheets that bear the very same name, the agency's own one stays."""
    kept: list[Match] = []
    for match in matches:
        twin = next((other for other in kept if _twins(other, match)), None)
        if twin is None:
            kept.append(match)
        elif _rank(match) > _rank(twin) and abs(match.score - twin.score) <= _SAME:
            kept[kept.index(twin)] = match
    return kept


def _twins(one: Match, other: Match) -> bool:
    if one.card["kind"] != other.card["kind"] or "offre" in (one.card.get("level"), other.card.get("level")):
        return False
    same_codes = bool(one.card["rome"]) and one.card["rome"] == other.card["rome"]
    return one.form == other.form and (same_codes or one.card["kind"] != "metier")


def _rank(match: Match) -> int:
    return {"own": 3, "shipped": 2, "rome": 1}.get(match.card["origin"], 0)
