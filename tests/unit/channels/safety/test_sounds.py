"""Key words however they are spelt, and the ordinary words that must be left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from channels.safety.plain_french import PlainFrench
from channels.safety.sounds import KeyWords, sound

HELDOUT = Path(__file__).parents[3] / "nlu" / "heldout"


def test_spellings_of_one_word_sound_the_same() -> None:
    assert sound("harcele") == sound("arsel") == sound("harsselle")
    assert sound("medicament") == sound("medicaman")


@pytest.mark.parametrize(("written", "right"), [
    ("suicder", "suicider"), ("harcelment", "harcelement"), ("frap", "frappe"), ("menass", "menace"), ("skarifi", "scarifie")])
def test_a_key_word_is_recognised_misspelt(written: str, right: str) -> None:
    assert sound(PlainFrench()(written)) == sound(right)


def test_one_letter_wrong_is_forgiven_only_in_long_words() -> None:
    keys = KeyWords(["harcelement", "pendre"], nearly=True)
    assert keys.correct("harcelemant") == "harcelement"
    assert keys.correct("prendre") == "prendre"


def test_an_ordinary_word_is_never_taken_for_a_key_word() -> None:
    keys = KeyWords(["disparaitre"], never=["disparu"], nearly=True)
    assert keys.correct("disparu") == "disparu"


def test_ordinary_messages_keep_their_words() -> None:
    plain, keys = PlainFrench(), ("frapp", "suicid", "harcel", "menac", "tabass", "scarifi", "mutil", "agress", "etrangl")
    taken = [item["text"] for path in sorted(HELDOUT.glob("*.yml")) for item in yaml.safe_load(path.read_text("utf-8"))
             if item["intent"] in {"question", "bavardage"}
             and any(word.startswith(keys) for word in plain(item["text"]).split())]
    assert taken == []
