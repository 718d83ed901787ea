"""A doubtful act is a question: the knowledge base is asked whatever the act, and its ranking alone decides to abstain."""

from __future__ import annotations

from collections.abc import Sequence

QUESTION = "question"
SURE_ENOUGH = 0.4  # share from which on an act is believed: docs/nlu/README.md, « The threshold »

Ranking = Sequence[tuple[str, float]]  # labels with their share, best first


def doubtful_is_question(ranking: Ranking) -> Ranking:
    """The same ranking, `question` first when the best act is below `SURE_ENOUGH`. Labels without `question` stay as they are."""
    if not ranking or ranking[0][1] >= SURE_ENOUGH:
        return ranking
    questions = [item for item in ranking if item[0] == QUESTION]
    return [*questions, *(item for item in ranking if item[0] != QUESTION)]
