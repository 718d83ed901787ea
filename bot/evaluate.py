"""Measures the understanding: on the held-out sentences, or by cross-validation on the training data alone.

    bot/.venv/bin/python -m bot.evaluate                       # held-out: docs/nlu/heldout.json, pictures, worst errors
    bot/.venv/bin/python -m bot.evaluate --heldout tests/nlu/second    # docs/nlu/second.json: named after the folder
    bot/.venv/bin/python -m bot.evaluate --cross-validation    # docs/nlu/cross_validation.json
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot.evaluation import arguments, pictures, scores
from bot.evaluation.arguments import ROOT
from bot.evaluation.scores import Prediction
from bot.evaluation.sentences import Sentence, read_folder, without_near_duplicates
from bot.language.digest import folder_digest
from bot.language.words import french_words
from bot.understanding.calibration import best_temperature, probabilities
from bot.understanding.features import TextFeatures
from bot.understanding.intent_model import IntentModel, TrainingOptions, out_of_fold_margins

CROSS_VALIDATION_FOLDS = 5


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; prints the main figures."""
    options = _arguments(argv)
    trained = read_folder(options.training)
    started = time.perf_counter()
    if options.cross_validation:
        name, predictions, extra = "cross_validation", cross_validated(trained), {}
    else:
        name = options.heldout.name
        tested, left_out = without_near_duplicates(read_folder(options.heldout), trained)
        predictions, extra = held_out(trained, tested)
        extra |= {"heldout_digest": folder_digest(options.heldout), "near_duplicates_left_out": left_out}
    figures = {**scores.summary(predictions, *fallback_thresholds(options.config)), **extra,
               "training_sentences": len(trained), "training_digest": folder_digest(options.training),
               "seconds": round(time.perf_counter() - started, 1)}
    write(options.out, name, figures, predictions)
    print(json.dumps({key: figures[key] for key in figures if key != "per_intent"}, ensure_ascii=False, indent=1))
    return 0


def held_out(trained: Sequence[Sentence], tested: Sequence[Sentence]) -> tuple[list[Prediction], dict[str, Any]]:
    """Trains on all training sentences, ranks each tested one.

    Also seconds of training and milliseconds per message, of processor: what else the machine does meanwhile does not count.
    """
    words = french_words()
    started = time.process_time()
    model = IntentModel.trained([words.normal_text(s.text) for s in trained], [s.intent for s in trained], training_options())
    trained_at = time.process_time()
    predictions = [Prediction(s, model.ranking(words.normal_text(s.text))) for s in tested]
    spent = time.process_time() - trained_at
    return predictions, {"training_seconds": round(trained_at - started, 1),
                         "milliseconds_per_message": round(1000 * spent / max(len(tested), 1), 2)}


def cross_validated(trained: Sequence[Sentence]) -> list[Prediction]:
    """Ranks each training sentence by a model that has not seen it."""
    words = french_words()
    readings, labels = TextFeatures().read([words.normal_text(s.text) for s in trained]), [s.intent for s in trained]
    margins, intents = out_of_fold_margins(readings, labels, replace(training_options(), folds=CROSS_VALIDATION_FOLDS))
    temperature = best_temperature(margins, np.array([intents.index(label) for label in labels]))
    rows = probabilities(margins, temperature)
    return [Prediction(s, sorted(zip(intents, map(float, row), strict=True), key=lambda pair: -pair[1]))
            for s, row in zip(trained, rows, strict=True)]


def training_options(config: Path = ROOT / "config.yml") -> TrainingOptions:
    """The options of the classifier in Rasa's configuration."""
    found = _component(config, "FrenchIntentClassifier")
    return TrainingOptions(**{key: value for key, value in found.items() if key in TrainingOptions.__dataclass_fields__})


def fallback_thresholds(config: Path = ROOT / "config.yml") -> tuple[float, float]:
    """Threshold and ambiguity of the fallback in Rasa's configuration."""
    found = _component(config, "FallbackClassifier")
    return float(found["threshold"]), float(found["ambiguity_threshold"])


def write(folder: Path, name: str, figures: dict[str, Any], predictions: Sequence[Prediction]) -> None:
    """Figures, worst errors and two pictures, named after the evaluation."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_json(folder / f"{name}.json", figures)
    _write_json(folder / f"{name}_worst_errors.json", scores.worst_errors(predictions))
    pictures.confusion_matrix(predictions, folder / f"{name}_confusion.png")
    pictures.calibration_curve(predictions, folder / f"{name}_calibration.png")


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _component(config: Path, name: str) -> dict[str, Any]:
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    return next(item for item in pipeline if str(item["name"]).endswith(name))


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    options = arguments.parser("Accuracy of the intent classifier")
    options.add_argument("--config", type=Path, default=ROOT / "config.yml")
    options.add_argument("--cross-validation", action="store_true")
    return options.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
