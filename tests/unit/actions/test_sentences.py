"""All the sentences of the assistant: well formed, « vous », readable by an SMS."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from actions.voice import SENTENCES, UnknownSentenceError, Voice

DOMAIN = yaml.safe_load((Path(__file__).parents[3] / "domain.yml").read_text(encoding="utf-8"))
VOICE = Voice.load()
TUTOIEMENT = re.compile(r"\b(?:tu|toi|ton|tes|t['’](?:as|es|aimes))\b", re.IGNORECASE)


def _forms() -> list[tuple[str, str]]:
    found = []
    for key, forms in VOICE.sentences.items():
        for name, form in forms.items():
            variants = form if isinstance(form, list) else [form]
            found += [(f"{key}.{name}", text) for text in variants]
    return found


def test_nobody_is_called_tu() -> None:
    assert [where for where, text in _forms() if TUTOIEMENT.search(text)] == []


def test_no_sentence_holds_an_emoji_or_a_straight_apostrophe() -> None:
    assert [where for where, text in _forms() if "'" in text or re.search(r"[\U0001F300-\U0001FAFF]", text)] == []


def test_every_long_sentence_has_an_sms_form_of_two_segments_or_is_cut_by_the_answer() -> None:
    sms = [(where, text) for where, text in _forms() if where.endswith(".sms")]
    assert [where for where, text in sms if len(text) > 306] == []


def test_every_question_has_a_label_for_buttons() -> None:
    silent = {"affirmer", "nier", "corriger", "choisir", "preciser_lieu", "preciser_profil", "pas_compris", "bavardage",
              "salutation", "remerciement", "au_revoir", "hors_sujet", "insulte", "nlu_fallback"}  # fmt: skip
    intents = set(DOMAIN["intents"]) - silent
    assert [intent for intent in intents if not VOICE.has(f"label_{intent}")] == []


def test_an_unknown_sentence_is_an_error_that_names_its_key() -> None:
    with pytest.raises(UnknownSentenceError, match="no_such_key"):
        VOICE.say("no_such_key")


def test_a_key_written_twice_is_refused(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text('hello: "Bonjour"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="hello"):
        Voice.load(tmp_path)


def test_a_bare_yes_as_a_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text('yes: "Oui"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.yml"):
        Voice.load(tmp_path)


def test_the_files_are_where_editors_look_for_them() -> None:
    assert {path.name for path in SENTENCES.glob("*.yml")} >= {"conversation.yml", "metiers.yml", "formations.yml"}
