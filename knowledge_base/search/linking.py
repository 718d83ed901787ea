"""Which sheet a whole SENTENCE names; nothing rather than something far-fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.hits import Hit, hit_of
from knowledge_base.language import french
from knowledge_base.search.matching import Match, drop_doubles, match_names
from knowledge_base.search.question import understand
from knowledge_base.search.schema import kind_tag
from knowledge_base.search.scoring import word_likeness
from knowledge_base.search.snapshot import Snapshot
from knowledge_base.text import fold

CANDIDATES = 80
WHOLE_NAME = 0.86
WHOLE_TYPED = 0.70
PART_OF_NAME = 0.30
COMPLETE = 0.82
ALIKE = 0.8
# Next to a name said in full, one that only shares a word with it is noise.
CLOSE_TO_BEST, CLOSE_TO_EXACT = 0.8, 0.92
EXACT, EXACT_NAME = 0.96, 0.995
HEAD_BONUS = 0.06
OWN_BONUS = 0.03
# « pas boulanger, pâtissier » ; « non, pas X mais Y ». « pourquoi pas boulanger » is no refusal.
_REFUSED = re.compile(
    r"(?<!pourquoi )\bpas (?:de |du |d['’])?(?:[\w-]+ ?){1,3}?(?=\s*(?:,|;|\.|\bmais\b|\bplut[oô]t\b|\bc['’]est\b))", re.I
)


def link(snapshot: Snapshot, gazetteer: Gazetteer, text: str, kinds: Sequence[str], limit: int = 5) -> list[Hit]:
    """The sheets of those kinds that a sentence names, best first; empty when nothing is plausible."""
    question = understand(_without_refused(text), gazetteer)
    telling = [word for word in question.content if word not in french().elsewhere]
    if not telling or _only_question_words(question.content):
        return []
    tags = [[kind_tag(kind) for kind in kinds]] if kinds else []
    matches = match_names(snapshot, question.content, question.solid, cores=question.cores, all_of=tags, limit=CANDIDATES)
    if question.place_words:
        content, solid = question.content + question.place_words, question.solid + question.place_words
        placed = match_names(snapshot, content, solid, all_of=tags, limit=CANDIDATES)
        matches = _best_of(matches + [match for match in placed if match.card["kind"] == "structure"])
    misspelt = [word for word in telling if not snapshot.ordinary(word)]
    plausible = [match for match in matches if _plausible(match, telling, misspelt)]
    for match in plausible:
        match.score = max(match.score, _link_score(match, telling))
    plausible = drop_doubles(sorted(plausible, key=lambda match: -match.score))
    if plausible:
        plausible = _without_parts_of_the_best(plausible)
        near = CLOSE_TO_EXACT if plausible[0].score >= EXACT else CLOSE_TO_BEST
        plausible = [match for match in plausible if match.score >= near * plausible[0].score]
    return [hit_of(match.card, match.score, _why(match), matched=match.label or None) for match in plausible[:limit]]


def _without_parts_of_the_best(matches: list[Match]) -> list[Match]:
    # « prof des écoles » said in full does not name the teacher of a college too.
    best = matches[0]
    if best.score < EXACT_NAME:
        return matches
    words = set(best.form.split())
    return [best, *(match for match in matches[1:] if match.score >= EXACT_NAME or not set(match.form.split()) < words)]


def _without_refused(text: str) -> str:
    rest = _REFUSED.sub(" ", text)
    return rest if french().content(fold(rest).split()) else text


def _only_question_words(content: list[str]) -> bool:
    # `content` falls back on the whole text when only words of the question are left: then nothing is named.
    language = french()
    return all(word in language.question or word in language.light for word in content)


def _best_of(matches: list[Match]) -> list[Match]:
    best: dict[int, Match] = {}
    for match in matches:
        if match.ordinal not in best or best[match.ordinal].score < match.score:
            best[match.ordinal] = match
    return list(best.values())


def _plausible(match: Match, telling: list[str], misspelt: list[str]) -> bool:
    """Whether a name is meant: a word of it is said, misspelt (no ordinary word is), or one of its root."""
    names = match.form.split()
    if not any(word_likeness(word, other) >= ALIKE for word in misspelt for other in names) and not any(
        word == other or _same_root(word, other) for word in telling for other in names
    ):
        return False
    if match.score >= COMPLETE or match.name_share >= WHOLE_NAME:
        return True
    return match.typed_share >= WHOLE_TYPED and match.name_share >= PART_OF_NAME


def _same_root(one: str, other: str) -> bool:
    return len(one) >= 4 and len(other) >= 4 and one[:4] == other[:4]


def _link_score(match: Match, telling: list[str]) -> float:
    score = 0.9 * (0.45 * match.typed_share + 0.55 * match.name_share)
    head = match.form.split()[0]
    # « mécanique » rather means « mécanicien » than « rédacteur technique en mécanique ».
    if any(_same_root(word, head) for word in telling):
        score += HEAD_BONUS
    return score + (OWN_BONUS if match.card["origin"] != "rome" else 0.0)


def _why(match: Match) -> str:
    return f"Vous parlez de : {match.label or match.card['title']}"
