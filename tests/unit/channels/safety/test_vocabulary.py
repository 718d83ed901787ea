"""Ideas and the words that say them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from channels.safety import vocabulary
from channels.safety.distress import shipped_safety
from channels.safety.vocabulary import Vocabulary, VocabularyError

MOST_A_WORD = 25  # an ordinary long message: 6


def said(entry: str, plain: str) -> bool:
    """True when this entry is found in this message."""
    return "idee" in Vocabulary({"idee": [entry]}).read(plain.split())


def test_a_verb_is_found_in_all_its_forms() -> None:
    for plain in ("il frappe", "ils frappent", "elle est frappee", "il va me frapper", "il frappait"):
        assert said("frapper~", plain), plain
    assert said("vomir~", "elle vomit tout")


def test_an_infinitive_is_found_as_it_is_heard() -> None:
    assert said("me jeter", "je vais me jete dans le vide")


def test_feminine_plural_and_any_ending() -> None:
    assert said("violent+", "elles sont violentes")
    assert said("suicid*", "des idees suicidaires")


def test_words_in_a_row_with_a_choice_and_any_word() -> None:
    assert said("casser~ la gueule|tete", "il me casse la gueule")
    assert said("lettre _ parents", "une lettre aux parents")
    assert not said("lettre _ parents", "une lettre parents")


def test_a_word_that_sounds_the_same_counts() -> None:
    assert said("griffer~", "je me grife")


def test_an_ordinary_word_that_only_sounds_the_same_does_not() -> None:
    assert "viol" not in Vocabulary({"viol": ["violer~"]}, never=["violette"]).read(["violette"])


def test_an_idea_takes_in_another() -> None:
    found = Vocabulary({"proche": ["=parent", "copain"], "parent": ["pere"]}).read(["mon", "pere", "et", "mon", "copain"])
    assert found["proche"] == [(1, 1), (4, 4)]
    assert found["parent"] == [(1, 1)]


@pytest.mark.parametrize("entry", ["couteau~", "a*", "=inconnue"])
def test_an_entry_that_means_nothing_is_refused(entry: str) -> None:
    with pytest.raises(VocabularyError):
        Vocabulary({"idee": [entry]})


@pytest.mark.parametrize(
    "text", ["me " * 666, "a " * 1000, "mon pere me ma je le la " * 83, "il me va " * 222, "pris des cachets " * 117]
)
def test_no_message_is_compared_with_many_more_entries_a_word_than_an_ordinary_one(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0
    stands_at = vocabulary._Entry.stands_at

    def counted(entry: vocabulary._Entry, words: Sequence[str], at: int) -> bool:
        nonlocal compared
        compared += 1
        return stands_at(entry, words, at)

    monkeypatch.setattr(vocabulary._Entry, "stands_at", counted)
    shipped_safety().read(text[:2000])
    assert compared <= MOST_A_WORD * len(text.split())
