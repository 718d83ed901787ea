"""Rasa's own story tests over `stories/`: the trained model understands each message and picks the action of its rule."""

from __future__ import annotations

import subprocess
from pathlib import Path

from parcours.paths import ENGINE_PYTHON, ROOT
from parcours.training import engine_environment, model_path
from tests.stack import Stack

STORIES = Path(__file__).parent / "stories"
SECONDS = 800


def test_every_story_is_predicted_as_written(stack: Stack, tmp_path: Path) -> None:
    environment = {**engine_environment(), "PARCOURS_ACTIONS_URL": "http://127.0.0.1:1/webhook"}
    command = [str(ENGINE_PYTHON), "-m", "rasa", "test", "core", "--model", str(model_path(stack.state_dir)),
               "--stories", str(STORIES), "--endpoints", "bot/endpoints.yml", "--out", str(tmp_path), "--e2e", "--no-plot",
               "--fail-on-prediction-errors"]
    played = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS)
    failed = tmp_path / "failed_test_stories.yml"
    told = failed.read_text(encoding="utf-8") if failed.exists() else ""
    assert played.returncode == 0, f"{told}\n{played.stderr[-3000:]}"
