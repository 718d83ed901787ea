"""Rasa's default DIET pipeline on the same sentences, as the yardstick (minutes of training).

    bot/.venv/bin/python -m bot.evaluate_diet     # docs/nlu/diet.json
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.evaluate import training_digest, write
from bot.evaluation import arguments, scores
from bot.evaluation.scores import Prediction
from bot.evaluation.sentences import Sentence, read_folder, read_training, without_near_duplicates
from bot.language.digest import folder_digest

# The pipeline that Rasa 3.6 writes for `rasa init`, without its entity and response parts. French has no model of its own there.
DEFAULT_PIPELINE = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "entity_recognition": False, "random_seed": 42},
]


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; prints the main figures."""
    options = arguments.parser("Rasa's default pipeline on the same sentences").parse_args(argv)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    trained = read_training(options.training)
    tested, left_out = without_near_duplicates(read_folder(options.heldout), trained)
    predictions, extra = asyncio.run(evaluated(trained, tested))
    figures = {**scores.summary(predictions), **extra, "near_duplicates_left_out": left_out,
               "training_digest": training_digest(options.training), "heldout_digest": folder_digest(options.heldout)}
    write(options.out, "diet", figures, predictions)
    print(json.dumps({key: figures[key] for key in figures if key != "per_intent"}, ensure_ascii=False, indent=1))
    return 0


async def evaluated(trained: Sequence[Sentence], tested: Sequence[Sentence]) -> tuple[list[Prediction], dict[str, Any]]:
    """Trains DIET in a scratch folder, ranks each tested sentence."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as scratch:
        config = Path(scratch) / "config.yml"
        config.write_text(yaml.safe_dump({"recipe": "default.v1", "assistant_id": "diet", "language": "fr",
                                          "pipeline": DEFAULT_PIPELINE}), encoding="utf-8")
        training = Path(scratch) / "nlu.yml"
        training.write_text(_rasa_file(trained), encoding="utf-8")
        started = time.perf_counter()
        model = train_nlu(str(config), str(training), scratch)
        trained_at = time.perf_counter()
        agent = Agent.load(model)
        predictions = [await _prediction(agent, sentence) for sentence in tested]
    spent = time.perf_counter() - trained_at
    return predictions, {"training_seconds": round(trained_at - started, 1),
                         "milliseconds_per_message": round(1000 * spent / max(len(tested), 1), 2)}


def _rasa_file(trained: Sequence[Sentence]) -> str:
    labels = sorted({sentence.intent for sentence in trained})
    examples = {label: "".join(f"- {s.text}\n" for s in trained if s.intent == label) for label in labels}
    return yaml.safe_dump({"version": "3.1", "nlu": [{"intent": label, "examples": examples[label]} for label in labels]},
                          allow_unicode=True)


async def _prediction(agent: Any, sentence: Sentence) -> Prediction:
    parsed = await agent.parse_message(sentence.text.lstrip("/"))
    return Prediction(sentence, [(item["name"], float(item["confidence"])) for item in parsed["intent_ranking"]])


if __name__ == "__main__":
    sys.exit(main())
