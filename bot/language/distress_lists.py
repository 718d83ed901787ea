"""The lists of distress and of false friends in `data/distress/`: messages of several authors, as YAML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "data" / "distress"


@dataclass(frozen=True)
class DistressLists:
    """Messages by list (one author, one round)."""

    distress: dict[str, Sequence[str]]
    harmless: dict[str, Sequence[str]]


def read_lists(folder: Path = FOLDER) -> DistressLists:
    """`distress_NAME.yml` and `false_friends_NAME.yml`, each a list of `{text: …}`; by NAME."""
    return DistressLists(_read(folder, "distress_"), _read(folder, "false_friends_"))


def _read(folder: Path, prefix: str) -> dict[str, Sequence[str]]:
    return {path.stem.removeprefix(prefix): [entry["text"] for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]
            for path in sorted(folder.glob(f"{prefix}*.yml"))}
