"""No ordinary word of French opens a sheet because it is spelt nearly like one of its names.

A tenth of the 20,000 commonest words of `wordfreq`, another tenth each week; all of them in `make soak`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from wordfreq import top_n_list

import clock
from knowledge_base.facade import KnowledgeBase
from knowledge_base.hits import Hit
from knowledge_base.language import french
from knowledge_base.search.ordinary import akin, ordinary_words
from knowledge_base.search.searching import PLAIN
from knowledge_base.text import fold
from language.typos import shipped_vocabulary
from tests.fixtures.shipped_knowledge import open_shipped

COMMONEST = top_n_list("fr", 20_000)
PARTS = 1 if os.environ.get("FAULTS_SCALE") else 10
WORDS = COMMONEST[clock.today().isocalendar().week % PARTS :: PARTS]


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """The shipped sheets."""
    opened = open_shipped(tmp_path_factory.mktemp("state"))
    yield opened
    opened.close()


def _near(word: str, hits: list[Hit]) -> list[str]:
    """The names that a word opened without being, or being akin to, any word of theirs."""
    said = french().expand_sms(fold(word).split())
    opened = [hit for hit in hits if hit.score >= PLAIN and hit.why.startswith(("Nom proche", "Vous parlez de"))]
    names = {hit.why.partition(" : ")[2].partition(" ; ")[0] for hit in opened}
    return [f"{word} → {name}" for name in names
            if not any(akin(one, other) or one in other for one in said for other in fold(name).split())]  # fmt: skip


def test_no_ordinary_word_opens_a_sheet_by_its_spelling(kb: KnowledgeBase) -> None:
    found = [line for word in WORDS for line in _near(word, kb.search(word, limit=1).results)]
    assert found == []


def test_no_ordinary_word_in_a_sentence_names_a_sheet_by_its_spelling(kb: KnowledgeBase) -> None:
    found = [line for word in WORDS[::4] for line in _near(word, kb.link(f"c'est quoi {word}"))]
    assert found == []


def test_no_ordinary_word_is_corrected() -> None:
    vocabulary = shipped_vocabulary()
    assert [word for word in map(fold, COMMONEST) if vocabulary.corrected(word) != word] == []


@pytest.mark.parametrize(("typed", "sheet"), [
    ("coifeuse", "coiffeur"), ("boulangé", "boulanger"), ("infirmer", "infirmier"), ("plonbier", "plombier"),
    ("soudure", "soudeur"), ("kinésitérapeute", "kinesitherapeute"), ("agent dentretien", "agent-de-proprete"),
    ("aide soignente", "aide-soignant"),
])
def test_what_is_no_word_is_still_a_misspelling(kb: KnowledgeBase, typed: str, sheet: str) -> None:
    assert sheet in [hit.id for hit in kb.search(typed, limit=3).results]


@pytest.mark.parametrize("typed", ["derrière", "macron", "notre", "entre", "bouteille", "identité"])
def test_a_word_of_everyday_french_is_not_a_trade(kb: KnowledgeBase, typed: str) -> None:
    assert not [hit for hit in kb.search(typed, kind="metier", limit=3).results if hit.score >= PLAIN]


def test_the_list_is_french_and_folded() -> None:
    words = ordinary_words()
    assert {"derriere", "vouloir", "bois", "maison"} <= words and all(word == fold(word) for word in words)
    assert 15_000 < len(words) < 20_000


def test_one_root_is_akin_and_one_letter_is_not() -> None:
    assert akin("soudure", "soudeur") and akin("electricite", "electricien") and akin("bois", "bois")
    assert not akin("derriere", "verriere") and not akin("macron", "macon") and not akin("son", "sons")
