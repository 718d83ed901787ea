"""Measures lists of messages: `python -m channels.safety.evaluation LIST.tsv…` (`make eval-distress`).

A list has lines « expected<TAB>grade<TAB>message »; expected: numbers that help, by `|`, or `none`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from channels.conversation.distress_texts import DistressTexts
from channels.conversation.wording import Wording
from channels.hours.week import FILE as OPENING_FILE
from channels.hours.week import Hours
from channels.safety.hearing import Ear, Heard, shipped_ear
from channels.sentences import Sentences

_NUMBER = re.compile(r"(?<!\d)(?:15|17|18|112|114|115|119|3018|3114|3919)(?!\d)")
Line = tuple[str, str, str]


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    options = argparse.ArgumentParser(description="Lists of distress, heard by patterns and net")
    options.add_argument("lists", nargs="+", type=Path)
    options.add_argument("--models", type=Path, default=Path(".state") / "models")
    options.add_argument("--missed", action="store_true", help="shows the messages too")
    chosen = options.parse_args(argv)
    ear = shipped_ear(chosen.models)
    figures = {path.stem: measured(ear, read_tsv(path), show=chosen.missed) for path in chosen.lists}
    print(json.dumps({"net": ear.net is not None, **figures}, ensure_ascii=False, indent=1))
    return 0


def read_tsv(path: Path) -> list[Line]:
    """The lines of a list, without remarks."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return [(row[0], row[1], row[2]) for row in rows]


def measured(ear: Ear, lines: Iterable[Line], *, show: bool = False) -> dict[str, dict[str, float]]:
    """By grade: how many, the share with the full text, with a soft line, and with a right number among those that are due."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: {"messages": 0, "full": 0, "soft": 0, "right number": 0})
    for expected, grade, message in lines:
        heard, count = ear.hear(message), counts[grade]
        count["messages"] += 1
        if heard is not None:
            count["full" if heard.full else "soft"] += 1
            count["right number"] += bool(numbers_of(heard) & set(expected.split("|")))
        if show and (heard is None) == (expected != "none"):
            print(f"{grade}\t{heard.level if heard else 'nothing'}\t{message}")
    return counts


def numbers_of(heard: Heard) -> set[str]:
    """The numbers that somebody is given for this."""
    texts = DistressTexts(Wording(Sentences()), Hours("always", OPENING_FILE))
    reply = texts.full(heard.kinds) if heard.full else texts.soft(heard.kinds)
    return set(_NUMBER.findall(reply.text))


if __name__ == "__main__":
    sys.exit(main())
