"""Measures the understanding: on the held-out sentences, or by cross-validation on the training data alone.

    bot/.venv/bin/python -m bot.evaluate                       # held-out: docs/nlu/heldout.json, pictures, worst errors
    bot/.venv/bin/python -m bot.evaluate --heldout tests/nlu/second    # docs/nlu/second.json: named after the folder
    bot/.venv/bin/python -m bot.evaluate --cross-validation    # docs/nlu/cross_validation.json
    bot/.venv/bin/python -m bot.evaluate --training A --heldout B --out C    # any labelled YAML `{text, intent}`
    bot/.venv/bin/python -m bot.evaluate --model M.tar.gz      # held-out, by a model of Rasa's instead of one trained now
"""

from __future__ import annotations

import argparse
import json
import sys
import tarfile
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.evaluation import arguments, pictures, scores
from bot.evaluation.arguments import ROOT
from bot.evaluation.scores import Prediction
from bot.evaluation.sentences import Sentence, read_folder, read_training, without_near_duplicates
from bot.language.digest import folder_digest
from bot.language.words import french_words
from bot.lessons import lessons_digest
from bot.understanding.acts import SURE_ENOUGH, doubtful_is_question
from bot.understanding.calibration import probabilities
from bot.understanding.features import TextFeatures
from bot.understanding.intent_model import (
    ARRAYS_FILE,
    META_FILE,
    IntentModel,
    TrainingOptions,
    best_folded_temperature,
    out_of_fold_margins,
)
from bot.understanding.parts import folding, wholes
from language.yml import read_yml

CROSS_VALIDATION_FOLDS = 5


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; prints the main figures."""
    options = _arguments(argv)
    trained = read_training(options.training)
    started = time.perf_counter()
    if options.cross_validation:
        name, predictions, extra = "cross_validation", cross_validated(trained), {}
    else:
        name = options.heldout.name
        tested, left_out = without_near_duplicates(read_folder(options.heldout), trained)
        predictions, extra = held_out(trained, tested, options.model)
        extra |= {"heldout_digest": folder_digest(options.heldout), "near_duplicates_left_out": left_out}
    figures = {**scores.summary(predictions), **extra, "sure_enough": SURE_ENOUGH,
               "training_sentences": len(trained), "training_digest": training_digest(options.training),
               "seconds": round(time.perf_counter() - started, 1)}
    write(options.out, name, figures, predictions)
    print(json.dumps({key: figures[key] for key in figures if key != "per_intent"}, ensure_ascii=False, indent=1))
    return 0


def held_out(trained: Sequence[Sentence], tested: Sequence[Sentence],
             archive: Path | None = None) -> tuple[list[Prediction], dict[str, Any]]:
    """Trains on all training sentences (or takes the model of an archive), ranks each tested one.

    Also seconds of training and milliseconds per message, of processor: what else the machine does meanwhile does not count.
    """
    words = french_words()
    started = time.process_time()
    model = model_in(archive) if archive else IntentModel.trained(
        [words.normal_text(s.text) for s in trained], [s.label for s in trained], training_options())
    trained_at = time.process_time()
    predictions = [Prediction(s, doubtful_is_question(model.ranking(words.normal_text(s.text)))) for s in tested]
    spent = time.process_time() - trained_at
    return predictions, {"training_seconds": round(trained_at - started, 1),
                         "milliseconds_per_message": round(1000 * spent / max(len(tested), 1), 2)}


def model_in(archive: Path) -> IntentModel:
    """The classifier of a trained model, as the engine runs it."""
    with tarfile.open(archive) as packed, tempfile.TemporaryDirectory() as folder:
        for member in packed.getmembers():
            if Path(member.name).name in (META_FILE, ARRAYS_FILE):
                (Path(folder) / Path(member.name).name).write_bytes(packed.extractfile(member).read())  # type: ignore[union-attr]
        return IntentModel.load(Path(folder))


def cross_validated(trained: Sequence[Sentence]) -> list[Prediction]:
    """Ranks each training sentence by a model that has not seen it."""
    words = french_words()
    readings, labels = TextFeatures().read([words.normal_text(s.text) for s in trained]), [s.label for s in trained]
    margins, columns = out_of_fold_margins(readings, labels, replace(training_options(), folds=CROSS_VALIDATION_FOLDS))
    rows = probabilities(margins, best_folded_temperature(margins, columns, labels)) @ folding(columns)
    ranked = [sorted(zip(wholes(columns), map(float, row), strict=True), key=lambda pair: -pair[1]) for row in rows]
    return [Prediction(s, doubtful_is_question(ranking)) for s, ranking in zip(trained, ranked, strict=True)]


def training_options(config: Path = ROOT / "config.yml") -> TrainingOptions:
    """The options of the classifier in Rasa's configuration."""
    found = _component(config, "FrenchActClassifier")
    return TrainingOptions(**{key: value for key, value in found.items() if key in TrainingOptions.__dataclass_fields__})


def training_digest(folder: Path) -> str:
    """Of the folder's sentences and the lessons beside it."""
    return f"{folder_digest(folder)} {lessons_digest(folder)}"


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
    pipeline = read_yml(config.read_text(encoding="utf-8"))["pipeline"]
    return next(item for item in pipeline if str(item["name"]).endswith(name))


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    options = arguments.parser("Accuracy of the intent classifier")
    options.add_argument("--cross-validation", action="store_true")
    options.add_argument("--model", type=Path, help="a trained model (.tar.gz): nothing is trained")
    return options.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
