"""The search over all kinds: names, then places and filters, then texts and tastes when no name is plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge_base.geo.place import Place, distance_km
from knowledge_base.hits import Hit, SearchPage, hit_of
from knowledge_base.search.besides import schemes_named, welcoming_first
from knowledge_base.search.codes import sheets_of_code
from knowledge_base.search.content import Content
from knowledge_base.search.guessing import with_guesses
from knowledge_base.search.matching import Match, drop_doubles, match_names
from knowledge_base.search.question import Question, understand
from knowledge_base.search.schema import OFFERS, kind_tag, level_tag, rhythm_tag
from knowledge_base.search.snapshot import Box, Snapshot
from knowledge_base.search.tastes import trades_by_taste
from knowledge_base.search.wishes import weighed, wished_tags
from knowledge_base.structures import structures_for
from language.contractions import contracted

PLACED_KINDS = ("structure", "formation", "evenement")
OFFER_RADIUS_KM = 60.0
OFFER_CANDIDATES, FEW_OFFERS = 60, 5
# Below, a name shares a few letters with the question and no more.
WEAK = 0.38
# From here on, a name plainly answers: texts and tastes have nothing to add.
PLAIN = 0.72
HINT_BONUS = 0.05
# « une formation de soudeur » is not answered by the trade; « formation continue » is the very name of a term.
OTHER_KIND, WHOLE = 0.7, 0.995
# « avec les animaux, sans longues études »: the veterinary surgeon, found by a part of a name, comes after the others.
PLAINLY, LONG_STUDIES = 0.9, 0.75
# The national lists hold diplomas that nobody prepares in Normandie: an own sheet as like comes first.
IMPORTED_DIPLOMAS, NOT_TAUGHT_HERE = ("rncp", "certifinfo"), 0.94
FAR_KM = 80.0
FAR_MALUS = 0.25


@dataclass(frozen=True)
class Filters:
    """What the results must satisfy; None means all."""

    kinds: tuple[str, ...] = ()
    place: Place | None = None
    radius_km: float | None = None
    level: int | None = None
    rhythm: str | None = None

    def tags(self) -> list[list[str]]:
        """Groups of tags, one of each of which must be present."""
        groups = [[kind_tag(kind) for kind in self.kinds]] if self.kinds else []
        if self.level:
            groups.append([level_tag(self.level)])
        if self.rhythm:
            groups.append([rhythm_tag(self.rhythm)])
        return groups

    def allows(self, kind: str) -> bool:
        """True when sheets of that kind are wanted; only courses and diplomas have a level or a rhythm."""
        if kind != "formation" and (self.level or self.rhythm):
            return False
        return not self.kinds or kind in self.kinds


def search(content: Content, query: str, filters: Filters, limit: int) -> SearchPage:
    """The best sheets for a query; a place named in the query counts like the place filter."""
    snapshot = content.snapshot
    if coded := sheets_of_code(snapshot, query, filters.allows):
        return SearchPage(query, len(coded), coded[:limit])
    question = understand(query, content.gazetteer)
    filters = replace(filters, place=filters.place or question.place)
    if filters.place and not question.full and filters.allows("structure"):
        # Nothing but a place: who welcomes people there.
        found = structures_for(snapshot, filters.place, None, limit)
        return SearchPage(query, len(found), found, filters.place.name)
    matches = _matches(snapshot, question, filters)
    hits = [_placed(match, question, filters.place) for match in matches]
    hits += schemes_named(snapshot, question, filters.allows, hits)
    if filters.allows("metier"):
        hits = with_guesses(content, question, hits)
    hits = [hit for hit in hits if _within(hit, filters)]
    hits += _without_a_name(snapshot, question, filters, hits)
    hits = welcoming_first(snapshot, filters.place, _ordered(hits))
    best = hits[0].score if hits else 0.0
    kept = [hit for hit in hits if hit.score >= max(WEAK, 0.55 * best)]
    return SearchPage(query, len(kept), kept[:limit], filters.place.name if filters.place else None)


def _matches(snapshot: Snapshot, question: Question, filters: Filters) -> list[Match]:
    tags = filters.tags()
    matches = match_names(snapshot, question.content, question.solid, cores=question.cores, all_of=tags)
    if question.place_words:
        matches = _with_place_words(snapshot, question, tags, matches)
    if snapshot.offers and filters.allows("formation"):
        matches += _offers(snapshot, question, filters, tags)
    return drop_doubles(sorted(matches, key=lambda match: -match.score))


def _with_place_words(snapshot: Snapshot, question: Question, tags: Sequence[Sequence[str]], matches: list[Match]) -> list[Match]:
    # « mission locale vernon »: the town may be part of the title.
    content, solid = question.content + question.place_words, question.solid + question.place_words
    best = {match.ordinal: match for match in matches}
    for match in match_names(snapshot, content, solid, all_of=tags):
        old = best.get(match.ordinal)
        if match.card["kind"] in (*PLACED_KINDS, "service") and (old is None or old.score < match.score):
            best[match.ordinal] = match
    return list(best.values())


def _offers(snapshot: Snapshot, question: Question, filters: Filters, tags: list[list[str]]) -> list[Match]:
    place, box = filters.place, None
    if place and place.lat is not None and place.lon is not None:
        box = Box.around(place.lat, place.lon, filters.radius_km or OFFER_RADIUS_KM)
    limit = OFFER_CANDIDATES if box else OFFER_CANDIDATES // 2
    found: dict[int, Match] = {}
    # First those that have the level and the rhythm asked for; the others when they are too few to choose from.
    for wished in [wishes, []] if (wishes := wished_tags(question)) else [[]]:
        if len(found) < FEW_OFFERS:
            for match in match_names(snapshot, question.content, question.solid, cores=question.cores, all_of=[*tags, *wished],
                                     box=box, limit=limit, index=OFFERS):  # fmt: skip
                found.setdefault(match.ordinal, match)
    return list(found.values())


def _placed(match: Match, question: Question, place: Place | None) -> Hit:
    card, score, why = match.card, match.score, _why(match)
    if card["kind"] == "formation":
        score, granted = weighed(card, score, question)
        why += granted
    if card["origin"] in IMPORTED_DIPLOMAS and score < WHOLE:
        score *= NOT_TAUGHT_HERE
    distance = None
    if card["kind"] in question.kind_hints:
        score = min(1.0, score + HINT_BONUS) if score < 0.98 else score
    if question.only_kind and card["kind"] != question.only_kind and match.score < WHOLE:
        score *= OTHER_KIND
    if question.short_studies and card["kind"] == "metier" and match.score < PLAINLY and not card.get("short_studies"):
        score *= LONG_STUDIES
    if place and card["kind"] in PLACED_KINDS:
        if card["lat"] is not None and place.lat is not None and place.lon is not None:
            distance = distance_km(place.lat, place.lon, card["lat"], card["lon"])
        if place.codes & set(card.get("covers") or ()) or card.get("commune") == place.code:
            why, score = f"{why} ; pour {place.name}", min(1.0, score + HINT_BONUS)
        elif distance is not None:
            why = contracted(f"{why} ; à {distance:.0f} km de {place.name}")
            score *= 1 - FAR_MALUS * min(distance / FAR_KM, 1.0)
        elif card["kind"] == "structure" or card.get("level") == "offre":
            score *= 1 - FAR_MALUS / 2
    return hit_of(card, score, why, distance_km=distance, matched=match.label or None)


def _why(match: Match) -> str:
    name = match.label or match.card["title"]
    if match.score >= 0.995:
        return f"Nom exact : {name}"
    return f"Nom proche : {name}"


def _within(hit: Hit, filters: Filters) -> bool:
    if filters.radius_km is None or filters.place is None:
        return True
    return (hit.distance_km is not None and hit.distance_km <= filters.radius_km) or " ; pour " in hit.why


def _without_a_name(snapshot: Snapshot, question: Question, filters: Filters, hits: list[Hit]) -> list[Hit]:
    best = max((hit.score for hit in hits), default=0.0)
    if best >= PLAIN or (filters.radius_km is not None and filters.place):
        return []
    present = {(hit.kind, hit.id) for hit in hits if hit.score >= WEAK}
    extra: list[Hit] = []
    if question.tastes and filters.allows("metier") and (question.describes or question.only_tastes):
        extra += trades_by_taste(snapshot, question.tastes, short_studies=question.short_studies, limit=10)
    if len(question.content) > 1 or not hits:
        extra += _by_text(snapshot, question, filters)
    found: dict[tuple[str, str], Hit] = {}
    for hit in sorted(extra, key=lambda item: -item.score):
        if (hit.kind, hit.id) not in present:
            found.setdefault((hit.kind, hit.id), hit)
    return list(found.values())


def _by_text(snapshot: Snapshot, question: Question, filters: Filters) -> list[Hit]:
    ranked = snapshot.by_text(" ".join(question.content), 8, all_of=filters.tags())
    hits = []
    for ordinal, bm25 in ranked:
        # BM25 has no ceiling: what counts is how much better than an average word match it is.
        score = 0.6 * bm25 / (bm25 + 12.0)
        hits.append(hit_of(snapshot.card(snapshot.name_sheet[ordinal]), score, "Mots trouvés dans la fiche"))
    return hits


def _ordered(hits: list[Hit]) -> list[Hit]:
    # Equally good: the nearer one, then the sheet that bears the name as its title.
    distance = {id(hit): 1e6 if hit.distance_km is None else hit.distance_km for hit in hits}
    return sorted(hits, key=lambda hit: (-round(hit.score, 3), distance[id(hit)], hit.matched is not None))
