"""From a question to scored sheets: candidates by 3-grams, then a careful look at each name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge_base.search.ordinary import strays
from knowledge_base.search.schema import REFERENCES
from knowledge_base.search.scoring import PARTIAL_CEILING, SHORT, coverage, diploma_score, partial_score
from knowledge_base.search.snapshot import Box, Card, Snapshot
from knowledge_base.text import grams

CANDIDATES = 50
# The words of this many are compared one by one; the others only count when the whole name is alike.
LOOKED_AT = 25
# More sheets than this never make a page.
CARDS = 20
# Words of the question that could also be words of a name (« responsable formation ») weigh little.
DROPPED_WEIGHT = 0.25
_SAME = 0.02
PART_OF_TYPED = 0.99
OTHER_ACRONYM = 0.85
DIPLOMAS = frozenset(
    ["cap", "capa", "bp", "bac", "bts", "btsa", "but", "licence", "lp", "master", "titre", "tp", "cqp", "mc", "cs"]
)


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
    cores: Sequence[list[str]] = (),
    all_of: Sequence[Sequence[str]] = (),
    box: Box | None = None,
    limit: int = CANDIDATES,
    index: str = REFERENCES,
) -> list[Match]:
    """The sheets whose names look like what was typed, best first, one entry per sheet (see Question for the words)."""
    wanted = dict.fromkeys(grams(content), 1.0)
    dropped = {word for words in (cores or [solid]) for word in words if word not in content}
    for gram in grams(sorted(dropped)):
        wanted.setdefault(gram, DROPPED_WEIGHT)
    part = " ".join(content)
    wholes = dict.fromkeys(" ".join(words) for words in (solid, *cores))
    typed = Typed(content, part, tuple(whole for whole in wholes if whole != part), _short_known(snapshot, content))
    best: dict[int, Match] = {}
    for rank, (ordinal, bm25) in enumerate(snapshot.by_grams(wanted, limit, all_of=all_of, box=box, index=index)):
        found = _score(snapshot, ordinal, typed, bm25, by_parts=rank < LOOKED_AT)
        if found is None:
            continue
        old = best.get(found.ordinal)
        if old is None or found.score > old.score:
            best[found.ordinal] = found
    matches = sorted(best.values(), key=lambda match: -match.score)[: limit if box else CARDS]
    for match in matches:
        match.card = snapshot.card(match.ordinal)
    return matches


@dataclass(frozen=True)
class Typed:
    """What was typed, without the question's words (`part`) and with them (`wholes`); `short` are known acronyms in it."""

    content: list[str]
    part: str
    wholes: tuple[str, ...]
    short: frozenset[str]


def _short_known(snapshot: Snapshot, words: list[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) < SHORT and snapshot.knows(word))


def _score(snapshot: Snapshot, ordinal: int, typed: Typed, bm25: float, *, by_parts: bool) -> Match | None:
    name = snapshot.solid_name(ordinal)
    heard = snapshot.sounds[ordinal]
    # « professeur » in « professeur des écoles »: a word of the question may have been a word of the name.
    complete = _complete(snapshot, typed.part, name, heard) * (PART_OF_TYPED if typed.wholes else 1.0)
    for whole in typed.wholes:
        complete = max(complete, _complete(snapshot, whole, name, heard))
    if complete < 1.0 and not typed.short.issubset(name):
        complete *= OTHER_ACRONYM  # « BTS MOS » is not a misspelt « BTS MCO », nor « CQP » a « CAP »
    typed_share = name_share = 0.0
    if by_parts:
        typed_share, name_share = coverage(typed.content, name, snapshot.idf, snapshot.knows, snapshot.ordinary)
    if not complete and not typed_share:
        return None  # they share letters and no word
    partial = partial_score(typed_share, name_share)
    # BM25 only orders names that are otherwise equal.
    score = min(1.0, max(complete, min(partial, PARTIAL_CEILING)) + min(bm25, 100.0) * 1e-6)
    form, label = snapshot.names[ordinal], snapshot.labels[ordinal]
    return Match(snapshot.name_sheet[ordinal], score, form, label, typed_share, name_share, {})


def _complete(snapshot: Snapshot, typed: str, name: Sequence[str], heard: str) -> float:
    """The likeness of a whole name; none when what was typed holds an ordinary word of another kind."""
    score = diploma_score(typed, " ".join(name), DIPLOMAS, heard)
    if not score or score >= 1.0 or typed.replace(" ", "") == "".join(name):
        return score
    return 0.0 if strays((word for word in typed.split() if snapshot.ordinary(word)), name) else score


def drop_doubles(matches: list[Match]) -> list[Match]:
    """One card per trade: of several sheets that bear the very same name, the agency's own one stays."""
    kept: list[Match] = []
    by_name: dict[tuple[str, str], int] = {}
    for match in matches:
        name = (match.card["kind"], match.form)
        place = by_name.get(name)
        if place is None or match.card.get("level") == "offre" or not _twins(kept[place], match):
            by_name.setdefault(name, len(kept))
            kept.append(match)
        elif _rank(match) > _rank(kept[place]) and abs(match.score - kept[place].score) <= _SAME:
            kept[place] = match
    return kept


def _twins(one: Match, other: Match) -> bool:
    # Two trades may share a name (« animateur »); two sheets about one diploma or one service may not.
    return one.card["kind"] != "metier" or (bool(one.card["rome"]) and one.card["rome"] == other.card["rome"])


def _rank(match: Match) -> int:
    return {"own": 3, "shipped": 2, "rome": 1}.get(match.card["origin"], 0)
