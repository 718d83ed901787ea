"""Trades by what people like: tastes (centres d’intérêt) and RIASEC letters."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from knowledge_base.hits import Hit, hit_of
from knowledge_base.search.cards import trade_cards
from knowledge_base.search.snapshot import Card, Snapshot

TASTE_LABELS = {
    "personnes_agees": "personnes âgées", "jeux_video": "jeux vidéo", "musique_spectacle": "musique et spectacle",
    "mecanique": "mécanique", "numerique": "numérique", "creation": "création", "batiment": "bâtiment",
    "sante": "santé", "ecrire": "écrire", "securite": "sécurité",
}  # fmt: skip


def trades_by_taste(
    snapshot: Snapshot,
    tastes: Sequence[str],
    *,
    letters: Iterable[str] = (),
    short_studies: bool = False,
    limit: int = 10,
) -> list[Hit]:
    """Trades that suit tastes and RIASEC letters, best first: the agency's own sheets before imported ones."""
    wanted_letters = [letter.upper() for letter in letters]
    scored = []
    for card in trade_cards(snapshot):
        liked = [taste for taste in tastes if taste in (card.get("tastes") or ())]
        alike = [letter for letter in wanted_letters if letter in (card.get("riasec") or ())]
        if not liked and not alike:
            continue
        score = _score(len(liked), len(tastes), alike, wanted_letters, card)
        if short_studies and not _short(card):
            score -= 0.1
        scored.append((-score, card["title"], card, _why(liked, alike)))
    best = heapq.nsmallest(limit, scored, key=lambda item: item[:2])
    return [hit_of(card, -score, why) for score, _, card, why in best]


def _score(liked: int, tastes: int, alike: list[str], letters: list[str], card: Card) -> float:
    score = 0.5 * (liked / tastes if tastes else 0) + 0.15 * (len(alike) / len(letters) if letters else 0)
    if letters and (card.get("riasec") or [None])[0] == letters[0]:
        score += 0.05
    return score + (0.05 if card["origin"] != "rome" else 0.0)


def _short(card: Card) -> bool:
    return bool(card.get("short_studies"))


def _why(liked: list[str], alike: list[str]) -> str:
    if liked:
        return "Vous aimez : " + ", ".join(TASTE_LABELS.get(taste, taste) for taste in liked)
    return "Profil RIASEC " + "".join(alike)
