"""Checks that need Rasa or spaCy: run by test_engine_environment.py in the engine's own environment, functions by name."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SECRET = "j'habite rue des Lilas"


def patched_validator_gives_the_same_verdicts() -> None:
    from jsonschema import ValidationError
    from rasa.core.actions.action import RemoteAction

    from bot import rasa_patches

    cases = [{}, {"events": [], "responses": [{"text": "a"}]}, {"events": [{"event": "slot", "name": "a", "value": 1}]},
             {"events": "no"}, {"events": [{"name": "no event"}]}, {"responses": "no"}, {"responses": ["no"]}, [], None]

    def verdicts() -> list[bool]:
        found = []
        for case in cases:
            try:
                found.append(bool(RemoteAction("a", None)._validate_action_result(case)))
            except ValidationError:
                found.append(False)
        return found

    before = verdicts()
    rasa_patches.apply()
    assert verdicts() == before
    assert True in before and False in before


def patched_event_types_are_the_same() -> None:
    from rasa.shared.core.events import Event
    from rasa.shared.utils.common import all_subclasses

    from bot import rasa_patches

    names = [cls.type_name for cls in all_subclasses(Event) if getattr(cls, "type_name", None)]
    before = [Event.resolve_by_type(name) for name in names]
    rasa_patches.apply()
    for _ in range(2):
        assert [Event.resolve_by_type(name) for name in names] == before
    try:
        Event.resolve_by_type("no such event")
    except ValueError:
        return
    raise AssertionError("an unknown event was accepted")


def another_rasa_version_is_refused() -> None:
    import rasa

    from bot import rasa_patches
    from bot.errors import UnsupportedRasaVersion

    rasa.__version__ = "3.6.22"
    try:
        rasa_patches.apply()
    except UnsupportedRasaVersion:
        return
    raise AssertionError("patched an unknown version")


def the_engine_runs_without_tensorflow_and_refuses_a_pipeline_that_needs_it() -> None:
    import rasa.core.run
    import rasa.model_training  # noqa: F401
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe
    from rasa.shared.exceptions import InvalidConfigException

    assert not {"tensorflow", "keras", "matplotlib", "aiogram"} & sys.modules.keys()
    known = DefaultV1Recipe._from_registry("FallbackClassifier")
    assert known.clazz.__name__ == "FallbackClassifier"
    try:
        DefaultV1Recipe._from_registry("DIETClassifier")
    except InvalidConfigException:
        return
    raise AssertionError("a component that is not there was found")


def a_state_survives_the_tracker() -> None:
    from rasa.shared.core.domain import Domain

    from bot.conversation_state import ConversationState
    from bot.tracker_store import state_of, tracker_of

    domain = Domain.load(str(ROOT / "domain.yml"))
    state = ConversationState({"level": "3e", "place": {"code": "14118"}, "turns": 3})
    assert state_of(tracker_of(state, "c", domain)) == state
    stale = ConversationState({"a_slot_of_an_older_domain": 1, "level": "cap"})
    assert dict(state_of(tracker_of(stale, "c", domain)).slots) == {"level": "cap"}


def the_store_keeps_nothing_after_the_turn() -> None:
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import UserUttered

    from bot.conversation_state import ConversationState
    from bot.tracker_store import TurnTrackerStore, tracker_of
    from bot.turn import Turn, current_turn

    async def turns() -> None:
        store = TurnTrackerStore(domain=Domain.load(str(ROOT / "domain.yml")))
        turn = Turn(ConversationState({"level": "3e"}))
        reset = current_turn.set(turn)
        tracker = tracker_of(turn.before, "c", store.domain)
        tracker.update(UserUttered(SECRET, {"name": "question", "confidence": 0.9}))
        await store.save(tracker)
        assert turn.after is not None and SECRET not in json.dumps(turn.after.to_wire())
        current_turn.reset(reset)
        again = await store.retrieve("c")
        assert again is not None and again.get_slot("level") is None
        assert all(not isinstance(event, UserUttered) for event in again.events)

    asyncio.run(turns())


def logs_hold_no_words_at_any_level() -> None:
    import structlog

    from bot import quiet_logging

    written = io.StringIO()
    real, sys.stderr = sys.stderr, written
    try:
        quiet_logging.configure(logging.DEBUG)
        theirs = logging.getLogger("rasa.core.processor")
        for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
            theirs.log(level, f"Received '{SECRET}'")
            theirs.log(level, "Received %s", SECRET)
        try:
            raise ValueError(SECRET)
        except ValueError:
            theirs.exception(f"failed on {SECRET}")
        for method in ("debug", "info", "warning", "error", "exception"):
            getattr(structlog.get_logger("rasa"), method)("processor.message.parse", parse_data_text=SECRET, event_info=SECRET)
        import warnings

        warnings.warn(f"slot {SECRET}", stacklevel=1)
        logging.getLogger("bot.gateway_channel").error("turn failed: %s", "ValueError")
    finally:
        sys.stderr = real
    text = written.getvalue()
    assert SECRET not in text and "Lilas" not in text, text
    assert "[ValueError]" in text and "turn failed: ValueError" in text, text


def tokens_keep_the_offsets_of_the_typed_text() -> None:
    from bot.language.words import french_words

    text = "Slt, jveux être coiffeuse à Saint-Lô… c koi l’école ? 👍 aujourd'hui"
    words = french_words().words(text)
    assert all(text[word.start:word.end] == word.text for word in words)
    normal = {word.text: word.normal for word in words}
    assert normal["jveux"] == "je veux" and normal["être"] == "etre" and "aujourd'hui" in normal
    assert french_words().normal_text("Bonjour, jve un stage svp !!") == "je veux un stage"
    assert french_words().normal_text("merci") == "merci"


def any_text_is_cut_at_true_offsets() -> None:
    import random

    from bot.language.words import french_words

    pieces = ["jveu", "c koi", "kel", "pr", "dc", "bcp", "tt", "msg", "alter", "bac pro", "term", "prépa", "l’école", "16ans"]
    pieces += ["c'est-à-dire", "aujourd'hui", "cœur", "ÉTÉ", "İ", "ﬁ", "👩🏽‍🔧", "e\u0301", "…", "76100", "!!"]
    pieces += ["\u00a0", "\t", "\n", "  ", " ", " "]
    chance = random.Random(20191)
    for _ in range(500):
        text = "".join(chance.choice(pieces) for _ in range(chance.randint(0, 12)))
        words, end = french_words().words(text), 0
        for word in words:
            assert text[word.start:word.end] == word.text, (text, word)
            assert not text[end:word.start].strip(), (text, word)
            end = word.end
        assert not text[end:].strip(), text


def the_sentences_of_rasa_are_those_of_the_folder_and_the_lessons_beside_it() -> None:
    from rasa.shared.nlu.constants import INTENT, TEXT

    from bot.evaluation.sentences import read_training
    from bot.importer import ReadOnceImporter
    from bot.lessons import LESSON, lessons_beside

    folder = ROOT / "data" / "acts"
    examples = ReadOnceImporter(training_data_paths=[str(ROOT / "data")]).get_nlu_data().intent_examples
    # Rasa keeps one of two lessons that are the same word for word.
    assert {(e.get(TEXT), e.get(INTENT)) for e in examples} == {(s.text, s.intent) for s in read_training(folder)}
    lessons = {e.get(TEXT) for e in examples if e.get(LESSON)}
    assert lessons <= {lesson.text for lesson in lessons_beside(folder)} and len(lessons) > 1000


def the_vector_of_the_turn_reaches_the_classifier_and_a_message_without_one_is_encoded() -> None:
    import numpy as np
    from rasa.shared.nlu.constants import INTENT, TEXT
    from rasa.shared.nlu.training_data.message import Message

    from bot.components.act_classifier import FrenchActClassifier
    from bot.conversation_state import ConversationState
    from bot.turn import Turn, current_turn

    class Model:
        seen: object = "nothing"

        def ranking(self, text: str, vector: object = None) -> list[tuple[str, float]]:
            Model.seen = vector
            return [("bavardage", 0.3), ("question", 0.2)]

    classifier = FrenchActClassifier(FrenchActClassifier.get_default_config(), None, None, Model())
    vector = np.ones(512, dtype=np.float32)
    for turn, expected in ((None, None), (Turn(ConversationState()), None), (Turn(ConversationState(), vector), vector)):
        current_turn.set(turn)
        message = classifier.process([Message({TEXT: "et alors"})])[0]
        assert Model.seen is expected
        assert message.get(INTENT)["name"] == "question", "a doubtful act is a question"


def _failure_of(name: str) -> str:
    """What went wrong in a check, run in a process of its own: one check's patches must not reach the next."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            globals()[name]()
            said = ""
        except BaseException:
            said = traceback.format_exc()
        os.write(writing, said[-3000:].encode() or b"\n")
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    os.waitpid(child, 0)
    return said.strip() or ("" if said else "the process died")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    from bot import lean_rasa

    lean_rasa.install()  # as the engine does
    import rasa.core.actions.action  # noqa: F401 - the slow import, once for all checks

    print(json.dumps({name: _failure_of(name) for name in sys.argv[1:]}))
