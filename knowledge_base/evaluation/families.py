"""The families of the scoreboard: what is typed, and how to tell whether the answer is right."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from knowledge_base.evaluation.misspelling import in_a_sentence, in_sms, one_slip
from knowledge_base.facade import KnowledgeBase
from knowledge_base.hits import Hit
from knowledge_base.models import SheetRow, TradeTitleRow
from knowledge_base.text import gendered_forms

# A sheet that bears the very acronym explains it too (the diploma itself rather than the definition).
EXACT = 0.985
Rewrite = Callable[[str, random.Random], str]


@dataclass
class Score:
    """Shares of the questions whose right answer came first, and among the first five; codes of the failures."""

    family: str
    asked: int = 0
    first: int = 0
    five: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)

    def add(self, code: str, typed: str, rank: int | None) -> None:
        """Counts one question; `rank` is where the right answer was (0 = first), None when it was not."""
        self.asked += 1
        self.first += rank == 0
        self.five += rank is not None and rank < 5
        if rank != 0:
            self.failures.append((code, typed))

    def figures(self) -> dict[str, float | int]:
        """What is committed: figures only, never a row of a source."""
        share = max(1, self.asked)
        return {"asked": self.asked, "first": round(self.first / share, 4), "five": round(self.five / share, 4)}


def trade_titles(kb: KnowledgeBase) -> list[tuple[str, str, str]]:
    """(code of the name, name, ROME code) of every imported name of a trade, long forms only."""
    query = select(TradeTitleRow.code, TradeTitleRow.title, TradeTitleRow.rome).where(TradeTitleRow.retired_on.is_(None))
    with kb.engine.connect() as connection:
        rows = connection.execute(query.order_by(TradeTitleRow.code)).tuples().all()
    return [(code, title, rome) for code, title, rome in rows if not code.endswith("-court")]


def rewritten_names(kb: KnowledgeBase, family: str, rewrite: Rewrite, count: int, seed: int) -> Score:
    """Names of trades, one gender, rewritten; right when the answer has their ROME code. All kinds are in the index."""
    dice = random.Random(seed)  # noqa: S311 - an experiment, not a secret
    titles = trade_titles(kb)
    score = Score(family)
    for code, title, rome in dice.sample(titles, min(count, len(titles))):
        typed = rewrite(dice.choice(gendered_forms(title)), dice)
        score.add(code, typed, rank_of(rome, kb.search(typed, limit=5).results))
    return score


def rank_of(rome: str, hits: list[Hit]) -> int | None:
    """Position of the first hit that bears a ROME code."""
    return next((rank for rank, hit in enumerate(hits) if rome in hit.rome), None)


def name_families(kb: KnowledgeBase, count: int, seed: int) -> Iterator[Score]:
    """Names as they are, with one slip, in SMS spelling, inside a sentence."""
    families: list[tuple[str, Rewrite]] = [
        ("exact", lambda text, _: text),
        ("typo", one_slip),
        ("sms", in_sms),
        ("sentence", in_a_sentence),
    ]
    for number, (family, rewrite) in enumerate(families):
        yield rewritten_names(kb, family, rewrite, count, seed + number)


def acronyms(kb: KnowledgeBase) -> Score:
    """The acronyms of the glossary, alone and in a question; right when the term or what it spells out comes first."""
    score = Score("acronyms")
    query = select(SheetRow.id, SheetRow.title, SheetRow.also).where(SheetRow.kind == "terme", SheetRow.retired_on.is_(None))
    with kb.engine.connect() as connection:
        rows = connection.execute(query.order_by(SheetRow.id)).tuples().all()
    for sheet_id, full, _ in rows:
        title = full.split(" (")[0]  # nobody types what stands in parentheses
        for typed in (title.lower(), f"c koi {title.lower()}", f"ça veut dire quoi {title} ?"):
            hits = kb.search(typed, limit=5).results
            score.add(
                sheet_id, typed, next((rank for rank, hit in enumerate(hits) if hit.id == sheet_id or hit.score >= EXACT), None)
            )
    return score


def places(kb: KnowledgeBase, count: int, seed: int) -> Score:
    """Communes in sentences, without accents, shortened; right when that very commune is understood."""
    dice = random.Random(seed)  # noqa: S311 - an experiment, not a secret
    known = [place for place in kb.gazetteer.places if place.kind == "commune" and place.population >= 1000]
    sentences = ["formation à {}", "mission locale {}", "je cherche un stage près de {}", "cap cuisine vers {}", "j'habite {}"]
    score = Score("places")
    for place in dice.sample(known, min(count, len(known))):
        name = dice.choice([place.name, place.name.lower(), place.name.replace("Saint", "st").replace("-", " ")])
        typed = dice.choice(sentences).format(name)
        found = kb.find_place(typed)
        score.add(place.code, typed, 0 if found and _same(found.name, place.name) else None)
    return score


def _same(one: str, other: str) -> bool:
    # Two communes may share a name: which one is meant cannot be told from the name.
    return one == other
