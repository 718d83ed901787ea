"""No ordinary word of French opens a sheet because it is spelt nearly like one of its names.

A tenth of the 20,000 commonest words of `wordfreq`, another tenth each week (of the needs, which cost more, one in eighty, always
the same); all of them in `make soak`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein
from wordfreq import top_n_list

import clock
from knowledge_base.facade import KnowledgeBase
from knowledge_base.hits import Hit
from knowledge_base.language import french
from knowledge_base.search.needs.bare import called
from knowledge_base.search.needs.terms import stems_of, tokens_of
from knowledge_base.search.needs.whole_names import whole_names
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
    opened = open_shipped(tmp_path_factory.mktemp("state"), ranks=True)
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


def test_no_ordinary_word_is_a_need_by_its_spelling(kb: KnowledgeBase) -> None:
    """A sheet whose texts hold the word answers it; one whose name only looks like it does not."""
    index = kb.current.content.finder.index  # type: ignore[union-attr]
    asking = french().question | french().nouns | french().light
    found = []
    for word in COMMONEST if PARTS == 1 else COMMONEST[9::80]:
        asked = kb.needs(f"c'est quoi {word}")
        needs = () if asked.named else asked.needs  # « coudre » calls the course of sewing by a name of its own
        row = index.place[needs[0].sheet] if needs else 0
        said = stems_of([one for one in tokens_of(word) if one not in asking]) if needs else ()
        names = {stem for at in np.flatnonzero(index.name_sheet == row) for stem in index.name_stems[at]}
        held = any(row in index.body.holding(one) or any(akin(one, other) for other in names) for one in said)
        pairs = [(one, other) for one in said for other in names if min(len(one), len(other)) > 3]
        if not held and any(Levenshtein.distance(one, other) <= 2 for one, other in pairs):
            found.append(f"{word} → {needs[0].sheet}")
    assert found == []


@pytest.mark.parametrize(("said", "sheet"), [
    ("D1102", "metier/boulanger"), ("RNCP38381", "formation/bts-banque"), ("c'est quoi le RNCP 38381 ?", "formation/bts-banque"),
    ("une formation, un emploi", "dispositif/region-une-formation-un-emploi"), ("POEI", "dispositif/poei"),
    ("AIF", "dispositif/aif"),
])
def test_a_code_or_a_whole_title_opens_its_sheet(kb: KnowledgeBase, said: str, sheet: str) -> None:
    assert [need.sheet for need in kb.needs(said, subject="metier/coiffeur").needs] == [sheet], "whatever was spoken of"


@pytest.mark.parametrize("said", ["D9999", "le code d'entrée est a2024b", "boulanger", "merci"])
def test_no_other_code_and_no_single_word_calls_a_sheet_whole(kb: KnowledgeBase, said: str) -> None:
    assert called(kb.current.content.finder.index, said) is None  # type: ignore[union-attr]


@pytest.mark.parametrize(("typed", "sheets"), [
    ("D1102", ["metier/boulanger"]), ("rncp 38381", ["formation/bts-banque"]), ("le code D1102 ?", ["metier/boulanger"])])
def test_a_code_is_searched_as_what_it_is(kb: KnowledgeBase, typed: str, sheets: list[str]) -> None:
    found = kb.search(typed, limit=1).results
    assert [f"{hit.kind}/{hit.id}" for hit in found] == sheets and found[0].why.startswith("Code exact : ")
    assert kb.search("D1102", kind="formation", limit=1).results[0].kind == "formation"


@pytest.mark.parametrize("said", ["c'est quoi macron", "raison", "C'est quoi Moodle", "Puis-je aller marcher",
                                  "Met le sèche-serviettes à 19 degrés"])
def test_what_only_looks_like_a_name_is_no_need(kb: KnowledgeBase, said: str) -> None:
    assert kb.needs(said).needs == ()


def test_names_that_several_sheets_have_call_none_and_a_code_its_trade() -> None:
    found = whole_names([("metier/a", ["d1102", "pain blanc"]), ("formation/b", ["d1102", "pain blanc", "bac"]),
                         ("terme/c", ["mie de pain"]), ("terme/d", ["mie de pain"])])
    assert found == {"d1102": "metier/a", "pain blanc": "metier/a"}


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
