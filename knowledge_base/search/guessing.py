"""Using the learned guess: it reorders names found by parts, and adds trades when no name is plain."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.hits import Hit, hit_of
from knowledge_base.language import french
from knowledge_base.search.cards import trades_by_code
from knowledge_base.search.content import Content
from knowledge_base.search.question import Question, understand
from knowledge_base.search.snapshot import Card

# From this score on, the name itself was recognised and there is nothing to guess: a misspelt one, one of another kind of
# sheet, one whose words are all known. From MISSPELT on, guesses only follow.
MISSPELT, SURELY_MISSPELT, RECOGNISED, EXACT = 0.82, 0.93, 0.9, 0.985
GUESS_FLOOR, GUESS_RANGE = 0.47, 0.25
# How much a full belief counts beside the score of a name, and the score of a trade whose name says nothing.
# A misspelt word means little to the model.
BELIEF_WEIGHT, MISSPELT_WEIGHT = 1.0, 0.35
UNREAD = 0.6
# Words of questions that names of trades hold too, beside the nouns of questions.
ALSO_IN_NAMES = frozenset({"information", "informations", "orientation", "recherche", "renseignement", "secteur", "niveau"})
# « cité des métiers, horaires » asks for no trade at all.
ABOUT_SOMETHING_ELSE = frozenset({"structure", "evenement"})
# A trade the model hardly believes in is not shown.
UNLIKELY = 0.01
# What `guesses` needs to speak at all.
CLEAR = 0.35
GUESSES = 8


def with_guesses(content: Content, question: Question, hits: list[Hit]) -> list[Hit]:
    """The hits, trades found by parts weighed with what the model believes, and its own guesses added."""
    best = max((hit.score for hit in hits), default=0.0)
    if (
        content.model is None
        or _recognised(content, question, hits, best)
        or not question.content
        or question.only_kind not in (None, "metier")
        or question.describes
        or (ABOUT_SOMETHING_ELSE & question.kind_hints and "metier" not in question.kind_hints)
    ):
        return hits
    chances = dict(content.model.guess(_words(content, question), GUESSES))
    trades = [hit for hit in hits if hit.kind == "metier"]
    # Where another kind of sheet answers better than any trade, only a clear guess has a place.
    named = max((hit.score for hit in trades), default=0.0)
    needed = CLEAR if any(hit.score > named for hit in hits if hit.kind != "metier") else UNLIKELY
    present = {hit.id for hit in trades}
    likely = {code: chance for code, chance in chances.items() if chance >= needed}
    for code, card in _cards(content, list(likely)).items():
        if card["id"] not in present:
            trades.append(hit_of(card, _guess_score(likely[code]), "Métier proche de ce que vous décrivez"))
    others = [hit for hit in hits if hit.kind != "metier"]
    misspelt = _misspelt(content, question)
    if misspelt and best >= MISSPELT:
        return others + trades
    return others + _reordered(trades, chances, likely, MISSPELT_WEIGHT if misspelt else BELIEF_WEIGHT)


def _guess_score(chance: float) -> float:
    return GUESS_FLOOR + GUESS_RANGE * chance


def _words(content: Content, question: Question) -> str:
    # « conseiller en formation »: a word of the question that names of trades hold too may belong to the name.
    snapshot, nouns = content.snapshot, french().nouns | ALSO_IN_NAMES
    return " ".join(word for word in question.solid if word in question.content or (word in nouns and snapshot.knows(word)))


def _reordered(trades: list[Hit], chances: dict[str, float], likely: dict[str, float], weight: float) -> list[Hit]:
    """What was believed and what was read decide the order together; the scores are given out anew in that order.

    A trade whose name says little but in which the model believes counts like one that only the model found.
    """
    scores = sorted((max(hit.score, _believed(hit, likely)) for hit in trades), reverse=True)
    ranked = _varied(sorted(trades, key=lambda hit: _read(hit) + weight * _belief(hit, chances), reverse=True))
    return [replace(hit, score=score) for hit, score in zip(ranked, scores, strict=True)]


def _believed(hit: Hit, likely: dict[str, float]) -> float:
    belief = _belief(hit, likely)
    return _guess_score(belief) if belief else 0.0


def _recognised(content: Content, question: Question, hits: list[Hit], best: float) -> bool:
    if any(hit.score >= RECOGNISED and hit.kind != "metier" and hit.why.startswith("Nom") for hit in hits):
        return True
    # With a misspelt word, a like name is the right one; when every word is a known one, it is a neighbour of the right name.
    return best >= (SURELY_MISSPELT if _misspelt(content, question) else EXACT)


def _misspelt(content: Content, question: Question) -> bool:
    return not all(content.snapshot.knows(word) for word in question.content)


def _varied(trades: list[Hit]) -> list[Hit]:
    # Several sheets about one ROME code say nothing new to somebody who named none of them: the first one leads.
    first: list[Hit] = []
    others: list[Hit] = []
    seen: set[str] = set()
    for hit in trades:
        (others if hit.rome and seen.issuperset(hit.rome) else first).append(hit)
        seen.update(hit.rome)
    return first + others


def _read(hit: Hit) -> float:
    return max(hit.score, UNREAD) if hit.why.startswith("Nom") else UNREAD


def _belief(hit: Hit, chances: dict[str, float]) -> float:
    return max((chances.get(code, 0.0) for code in hit.rome), default=0.0)


def guesses(content: Content, text: str, limit: int) -> list[Hit]:
    """Trades for a name that is written nowhere, only when the model is fairly sure."""
    question = understand(text, content.gazetteer)
    if content.model is None or not question.content:
        return []
    chances = dict(content.model.guess(" ".join(question.content), limit))
    if not chances or max(chances.values()) < CLEAR:
        return []
    cards = _cards(content, [code for code, chance in chances.items() if chance >= UNLIKELY])
    return [hit_of(card, chances[code], "Métier proche de ce que vous décrivez") for code, card in cards.items()]


def _cards(content: Content, codes: list[str]) -> dict[str, Card]:
    found = trades_by_code(content.snapshot)
    return {code: found[code] for code in codes if code in found}
