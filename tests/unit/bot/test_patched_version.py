"""The patches of Rasa were read against one version: moving the pin must make somebody read them again."""

from __future__ import annotations

import re
from pathlib import Path

from bot.rasa_patches import PATCHED_VERSION

LOCK = Path(__file__).resolve().parents[3] / "bot" / "requirements.txt"


def test_the_locked_rasa_is_the_one_that_the_patches_were_written_for() -> None:
    locked = re.search(r"^rasa==(\S+)", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert locked is not None
    assert locked.group(1) == PATCHED_VERSION, "read bot/rasa_patches.py again, then move PATCHED_VERSION"
