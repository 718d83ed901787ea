"""Trains the dialogue model: Rasa's own validation and training, in a process without what we never use of it.

    bot/.venv/bin/python -m bot.train --out FOLDER     # writes FOLDER/model.tar.gz

Progress goes to stdout in Rasa's own words. Exit status 1 when the data does not validate or a component fails.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import lean_rasa
from bot.lessons import LESSON

ROOT = Path(__file__).resolve().parents[1]
MODEL_NAME = "model"


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point."""
    options = _arguments(argv)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # Whoever calls us trains when the data changed: Rasa's cache of components would be written for nothing.
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
    lean_rasa.install()
    _validate(options)
    return _train(options)


def _validate(options: argparse.Namespace) -> None:
    """Ends the process with status 1 when Rasa finds an error: an unknown action, a contradiction between rules…"""
    from rasa.cli.utils import validate_files
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.INFO)
    logging.getLogger(__name__).info("Started validating domain and training data...")
    importer = TrainingDataImporter.load_from_config(str(options.config), str(options.domain), [str(options.data)])
    validate_files(fail_on_warnings=False, max_history=None, importer=importer)
    examples = importer.get_nlu_data().intent_examples
    lessons = sum(bool(example.get(LESSON)) for example in examples)
    logging.getLogger(__name__).info("Learning from %d sentences, %d of them lessons", len(examples), lessons)


def _train(options: argparse.Namespace) -> int:
    from rasa.model_training import train

    return int(train(str(options.domain), str(options.config), [str(options.data)], output=str(options.out),
                     fixed_model_name=MODEL_NAME, force_training=True).code)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains the dialogue model")
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--config", type=Path, default=ROOT / "config.yml")
    parser.add_argument("--domain", type=Path, default=ROOT / "domain.yml")
    parser.add_argument("--data", type=Path, default=ROOT / "data")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
