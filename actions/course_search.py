"""Courses in the knowledge base for what is asked: diplomas (what one learns) and offers (where one learns it)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from actions.compose import unique
from actions.fold import fold
from actions.knowledge import Ref, ref_of
from actions.turn import Turn
from actions.understanding.places import known_place
from actions.understanding.subjects import ANOTHER, NAMED, named

_DIPLOMA = re.compile(r"\b(?:cap|bac pro|bp|bts|but|dut|licence|master|titre pro|mention complementaire|deust?)\b")
RELEVANT = 0.5
# A sheet of a whole domain (« la vente ») bears its words more clearly.
OF_DOMAIN = 0.6
SEVERAL = 3
FOLLOW_UP_WORDS = 6
DOMAIN_LENGTH = 80
PAGE = 20
OFFER = "offre"
ANYTHING = "indifferent"
# European levels of the courses that one enters after a class or a diploma.
OPEN_AFTER: dict[str, tuple[int, ...]] = {
    "6e": (3, 4), "5e": (3, 4), "4e": (3, 4), "3e": (3, 4), "sans": (3, 4), "2de": (3, 4), "1re": (4,), "cap": (3, 4),
    "terminale": (5, 6), "bac": (5, 6), "bac+1": (5, 6), "bac+2": (6,), "bac+3": (7,), "bac+5": (7, 8),
}  # fmt: skip


@dataclass(frozen=True)
class CourseFocus:
    """What is searched: a diploma by its sheet, the courses of a trade, or a whole domain (« la vente »)."""

    ref: Ref
    domain: str | None = None

    @property
    def is_trade(self) -> bool:
        """Whether a trade was named and not a diploma."""
        return self.ref["kind"] == "metier"


@dataclass
class Courses:
    """What was found; `total_offers` counts beyond those listed."""

    diplomas: list[Any] = field(default_factory=list)
    offers: list[Any] = field(default_factory=list)
    total_offers: int = 0


def course_focus(turn: Turn) -> CourseFocus | None:
    """The diploma or the trade that the words name, else the one spoken of; None when there is none."""
    domain = None if turn.given & {"formation", "metier"} else _domain(turn)
    if domain:
        return _on_domain(turn, domain)
    ref = _chosen(turn) or _named(turn) or _remembered(turn)
    if ref is None:
        known = turn.get("domain")
        return _on_domain(turn, known) if known else None
    turn.focus(ref)
    turn.set("domain", None)
    if ref["kind"] == "metier":
        turn.set("formation", None)
    return CourseFocus(ref)


def _domain(turn: Turn) -> str | None:
    """« je cherche une formation dans la vente » names no course and no trade, but many: the words are the search."""
    hits = named(turn, ["formation", "metier"], at_least=NAMED)
    vague = len(hits) >= SEVERAL and hits[0].score < ANOTHER and not _DIPLOMA.search(fold(turn.text))
    return " ".join(turn.words)[:DOMAIN_LENGTH] if vague else None


def _on_domain(turn: Turn, domain: str) -> CourseFocus:
    turn.set("domain", domain)
    turn.set("formation", None)
    turn.set("metier", None)
    return CourseFocus({"kind": "domaine", "id": "", "title": domain}, domain)


def find_courses(turn: Turn, focus: CourseFocus) -> Courses:
    """Diplomas for the focus, and offers near the place in mind, for the level and rhythm that are known."""
    if focus.domain:
        return Courses(_diplomas_of_domain(turn, focus.domain))
    diplomas = _diplomas_of(turn, focus)
    # Offers bear the name of a diploma: a trade is searched through the first diploma that leads to it.
    query = diplomas[0].title if diplomas else focus.ref["title"]
    place, rhythm = known_place(turn), _wanted(turn.get("rhythm"))
    page = turn.kb.search(query, kind="formation", near=place, rhythm=rhythm, limit=PAGE)
    relevant = [hit for hit in page.results if _relevant(hit, focus)]
    offers = [hit for hit in relevant if hit.level == OFFER]
    # What the agency linked to a trade says more than a likeness of titles (« CAP pâtissier », « CAP tapissier »).
    diplomas = diplomas or unique([hit for hit in relevant if hit.level != OFFER])
    return Courses(_for_level(turn, diplomas, focus), offers, _total(page, relevant))


def _chosen(turn: Turn) -> Ref | None:
    for kind in ("formation", "metier"):
        if kind in turn.given:
            ref: Ref | None = turn.get(kind)
            return ref
    return None


def _named(turn: Turn) -> Ref | None:
    # « et en alternance à Rouen ? » is about what was spoken of, whatever course the word « alternance » resembles.
    follows = _remembered(turn) is not None and len(turn.words) <= FOLLOW_UP_WORDS and {"rhythm", "place"} & turn.changes.keys()
    hits = named(turn, ["formation", "metier"], at_least=ANOTHER if follows else NAMED)
    if _DIPLOMA.search(fold(turn.text)):
        # « CAP coiffure » is the diploma, however well the trade matches the second word.
        hits = sorted(hits, key=lambda hit: hit.kind != "formation")
    return ref_of(hits[0]) if hits else None


def _remembered(turn: Turn) -> Ref | None:
    ref: Ref | None = turn.get("formation") or turn.get("metier")
    return ref


def _diplomas_of(turn: Turn, focus: CourseFocus) -> list[Any]:
    if not focus.is_trade:
        sheet = turn.kb.sheet("formation", focus.ref["id"])
        return [sheet] if sheet is not None else []
    trade = turn.kb.sheet("metier", focus.ref["id"])
    ids = trade.data.access.formations if trade is not None else []
    return [sheet for sheet in (turn.kb.sheet("formation", course) for course in ids) if sheet is not None]


def _diplomas_of_domain(turn: Turn, domain: str) -> list[Any]:
    """The diplomas of a domain that suit the level and the rhythm; what would leave none is not asked of them."""
    hits = turn.kb.search(domain, kind="formation", limit=PAGE).results
    sheets = [turn.kb.sheet("formation", hit.id) for hit in hits if hit.level != OFFER and hit.score >= OF_DOMAIN]
    found = [sheet for sheet in sheets if sheet is not None]
    levels, rhythm = OPEN_AFTER.get(turn.get("level") or "", ()), _wanted(turn.get("rhythm"))
    suits = [sheet for sheet in found if not levels or _level_of(sheet) in levels]
    # One diploma is no choice: the others of the domain follow it.
    open_to = suits if len(suits) > 1 else [*suits, *(sheet for sheet in found if sheet not in suits)]
    return [sheet for sheet in open_to if not rhythm or rhythm in sheet.data.rhythms] or open_to


def _relevant(hit: Any, focus: CourseFocus) -> bool:
    same_rome = bool(set(hit.rome or []) & set(focus.ref.get("rome") or []))
    return bool(hit.score >= RELEVANT or same_rome)


def _for_level(turn: Turn, diplomas: list[Any], focus: CourseFocus) -> list[Any]:
    """The diplomas that are open at the person's level come first; none is hidden."""
    levels = OPEN_AFTER.get(turn.get("level") or "", ())
    if not focus.is_trade or not levels:
        return diplomas
    return sorted(diplomas, key=lambda item: _level_of(item) not in levels)


def _level_of(item: Any) -> int | None:
    return getattr(getattr(item, "data", None), "level", None)


def _wanted(rhythm: str | None) -> str | None:
    return None if rhythm == ANYTHING else rhythm


def _total(page: Any, relevant: list[Any]) -> int:
    # The page's total also counts what is not relevant: it only tells more when the whole page was.
    beyond = int(page.total) - len(page.results) if len(relevant) == len(page.results) else 0
    return beyond + len([hit for hit in relevant if hit.level == OFFER])
