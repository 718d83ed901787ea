"""Measures the distress net on lists whose author it has not learnt from: each list in turn is left out.

    bot/.venv/bin/python -m bot.evaluate_distress     # docs/nlu/distress.json
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from bot.evaluate import ROOT
from bot.evaluation.sentences import folder_digest, read_folder
from bot.language.distress_lists import FOLDER, DistressLists, lists_digest, read_lists
from bot.language.words import french_words
from bot.understanding.distress_model import DistressModel, Message
from bot.understanding.pieces import pieces

SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
INTENT = "detresse"


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; prints and writes the figures."""
    options = _arguments(argv)
    lists, trained = read_lists(options.lists), read_folder(options.training)
    told = cut(s.text for s in trained if s.intent == INTENT)
    calm = cut(s.text for s in trained if s.intent != INTENT)
    figures = {"lists": left_out_in_turn(lists, told, calm), "ordinary": on_ordinary(lists, told, calm, options.heldout),
               "lists_digest": lists_digest(options.lists), "training_digest": folder_digest(options.training)}
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    (options.out / "distress.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def cut(texts: Iterable[str]) -> list[Message]:
    """Messages as their pieces."""
    words = french_words()
    return [pieces(words.words(text)) for text in texts]


def left_out_in_turn(lists: DistressLists, told: list[Message], calm: list[Message]) -> dict[str, dict[str, object]]:
    """By list: the share of its distress heard and of its false friends taken for it, by a net that has seen neither."""
    found: dict[str, dict[str, object]] = {}
    for name in sorted(set(lists.distress) & set(lists.harmless)):
        model = DistressModel.trained(told + _others(lists.distress, name), calm + _others(lists.harmless, name))
        found[name] = {"distress": len(lists.distress[name]), "false_friends": len(lists.harmless[name]),
                       "heard": _reached(model, cut(lists.distress[name])),
                       "false_alarms": _reached(model, cut(lists.harmless[name]))}
    return found


def on_ordinary(lists: DistressLists, told: list[Message], calm: list[Message], heldout: Path) -> dict[str, dict[str, float]]:
    """The same shares on the held-out messages of `make eval-nlu`, where distress is rare."""
    model = DistressModel.trained(told + _others(lists.distress), calm + _others(lists.harmless))
    tested = read_folder(heldout)
    return {"heard": _reached(model, cut(s.text for s in tested if s.intent == INTENT)),
            "false_alarms": _reached(model, cut(s.text for s in tested if s.intent != INTENT))}


def _others(lists: dict[str, Sequence[str]], left_out: str = "") -> list[Message]:
    return cut(text for name, texts in lists.items() if name != left_out for text in texts)


def _reached(model: DistressModel, messages: list[Message]) -> dict[str, float]:
    found = np.array([model.probability(message) for message in messages])
    return {str(share): round(float((found >= share).mean()), 4) for share in SHARES}


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The distress net on lists that it has not learnt from")
    parser.add_argument("--lists", type=Path, default=FOLDER)
    parser.add_argument("--training", type=Path, default=ROOT / "data" / "nlu")
    parser.add_argument("--heldout", type=Path, default=ROOT / "tests" / "nlu" / "heldout")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "nlu")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
