"""Measures the distress net on lists whose author it has not learnt from: each list in turn is left out.

    bot/.venv/bin/python -m bot.evaluate_distress     # docs/nlu/distress.json
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from bot.evaluation import arguments
from bot.evaluation.sentences import read_folder
from bot.language.digest import folder_digest
from bot.language.distress_lists import FOLDER, read_lists
from bot.language.words import french_words
from bot.understanding.distress_model import DistressModel, Message
from bot.understanding.pieces import pieces

SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
INTENT = "detresse"

Lists = Mapping[str, Sequence[Message]]  # messages, as their pieces, by list


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; prints and writes the figures."""
    options = _arguments(argv)
    lists, trained = read_lists(options.lists), read_folder(options.training)
    told = cut(s.text for s in trained if s.intent == INTENT)
    calm = cut(s.text for s in trained if s.intent != INTENT)
    distress, harmless = ({name: cut(texts) for name, texts in by_name.items()} for by_name in (lists.distress, lists.harmless))
    everything = DistressModel.trained(told + _others(distress), calm + _others(harmless))
    figures = {"lists": left_out_in_turn(distress, harmless, told, calm), "ordinary": on_ordinary(everything, options.heldout),
               "lists_digest": folder_digest(options.lists), "training_digest": folder_digest(options.training)}
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    (options.out / "distress.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def cut(texts: Iterable[str]) -> list[Message]:
    """Messages as their pieces."""
    words = french_words()
    return [pieces(words.words(text)) for text in texts]


def left_out_in_turn(distress: Lists, harmless: Lists, told: list[Message], calm: list[Message]) -> dict[str, dict[str, object]]:
    """By list: the share of its distress heard and of its false friends taken for it, by a net that has seen neither."""
    found: dict[str, dict[str, object]] = {}
    for name in sorted(set(distress) & set(harmless)):
        model = DistressModel.trained(told + _others(distress, name), calm + _others(harmless, name))
        found[name] = {"distress": len(distress[name]), "false_friends": len(harmless[name]),
                       "heard": _reached(model, distress[name]), "false_alarms": _reached(model, harmless[name])}
    return found


def on_ordinary(model: DistressModel, heldout: Path) -> dict[str, dict[str, float]]:
    """The same shares on the held-out messages of `make eval-nlu`, where distress is rare."""
    tested = read_folder(heldout)
    return {"heard": _reached(model, cut(s.text for s in tested if s.intent == INTENT)),
            "false_alarms": _reached(model, cut(s.text for s in tested if s.intent != INTENT))}


def _others(lists: Lists, left_out: str = "") -> list[Message]:
    return [message for name, messages in lists.items() if name != left_out for message in messages]


def _reached(model: DistressModel, messages: Sequence[Message]) -> dict[str, float]:
    found = np.array([model.probability(message) for message in messages])
    return {str(share): round(float((found >= share).mean()), 4) for share in SHARES}


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    options = arguments.parser("The distress net on lists that it has not learnt from")
    options.add_argument("--lists", type=Path, default=FOLDER)
    return options.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
