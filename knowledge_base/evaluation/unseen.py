"""Names that no table holds: a thousand are hidden from the index and from the training, then asked."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from knowledge_base.evaluation.families import Score, rank_of, trade_titles
from knowledge_base.facade import KnowledgeBase
from knowledge_base.meta import Edition
from knowledge_base.search.build import write_index
from knowledge_base.search.content import Content
from knowledge_base.search.documents import read_entries
from knowledge_base.search.learned import TradeModel, train
from knowledge_base.search.searching import Filters, search
from knowledge_base.search.snapshot import Snapshot
from knowledge_base.search.training import samples_of
from knowledge_base.text import gendered_forms

HELD_OUT = 1_000


def unseen_names(kb: KnowledgeBase, seed: int, held_out: int = HELD_OUT) -> tuple[Score, Score]:
    """(through the whole search, the learned guess alone), right by ROME code."""
    dice = random.Random(seed)  # noqa: S311 - an experiment, not a secret
    titles = trade_titles(kb)
    hidden = dice.sample(titles, min(held_out, len(titles) // 5))
    names = {title for _, title, _ in hidden}
    whole, alone = Score("unseen"), Score("unseen, guess alone")
    with tempfile.TemporaryDirectory() as folder, kb.engine.connect() as connection:
        write_index(read_entries(connection, without=names), Path(folder) / "index", Edition("evaluation", "", 0))
        train(samples_of(connection, without=names), Path(folder) / "model")
        content = Content(Snapshot(Path(folder) / "index"), kb.gazetteer, TradeModel(Path(folder) / "model"))
        for code, title, rome in hidden:
            typed = dice.choice(gendered_forms(title))
            whole.add(code, typed, rank_of(rome, search(content, typed, Filters(("metier",)), 5).results))
            guessed = [found for found, _ in content.model.guess(typed, 5)] if content.model else []
            alone.add(code, typed, guessed.index(rome) if rome in guessed else None)
    return whole, alone
