"""Where every evaluation reads its sentences and writes its figures, unless told otherwise on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def parser(description: str) -> argparse.ArgumentParser:
    """A parser with `--training`, `--heldout` and `--out`."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--training", type=Path, default=ROOT / "data" / "acts")
    made.add_argument("--heldout", type=Path, default=ROOT / "tests" / "nlu" / "heldout")
    made.add_argument("--out", type=Path, default=ROOT / "docs" / "nlu")
    return made
