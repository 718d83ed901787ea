"""What only the engine's environment can show; each check runs there (engine_checks.py)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ENGINE_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
CHECKS = (
    "patched_validator_gives_the_same_verdicts",
    "patched_event_types_are_the_same",
    "another_rasa_version_is_refused",
    "the_engine_runs_without_tensorflow_and_refuses_a_pipeline_that_needs_it",
    "a_state_survives_the_tracker",
    "the_store_keeps_nothing_after_the_turn",
    "logs_hold_no_words_at_any_level",
    "tokens_keep_the_offsets_of_the_typed_text",
    "any_text_is_cut_at_true_offsets",
    "the_sentences_of_rasa_are_those_of_the_folder_and_the_lessons_beside_it",
    "the_vector_of_the_turn_reaches_the_classifier_and_a_message_without_one_is_encoded",
)


@pytest.fixture(scope="module")
def failures() -> dict[str, str]:
    """Per check what went wrong, empty when nothing did. One process for all: importing Rasa takes seconds."""
    command = [str(ENGINE_PYTHON), str(Path(__file__).with_name("engine_checks.py")), *CHECKS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=800, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("check", CHECKS)
def test_in_the_engine(failures: dict[str, str], check: str) -> None:
    assert failures[check] == ""
