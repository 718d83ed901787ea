"""Trains the net and puts it in place atomically: `python -m channels.safety.training --data data --out FILE`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from channels.safety.distress import shipped_safety
from channels.safety.learning import learn_lists
from channels.safety.lists import read_lists


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    options = _arguments(argv)
    net = learn_lists(read_lists(options.data, shipped_safety()))
    scratch = options.out.with_name(f".{options.out.name}.tmp.npz")
    net.save(scratch)
    scratch.replace(options.out)
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    options = argparse.ArgumentParser(description="The net of distress")
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    return options.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
