"""Act classifier: the linear model of `bot.understanding` inside Rasa's graph. To Rasa an act is an intent."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.digest import language_digest
from bot.language.words import french_words
from bot.turn import current_turn
from bot.understanding.acts import doubtful_is_question
from bot.understanding.encoder import encoder_version
from bot.understanding.intent_model import IntentModel, TrainingOptions
from bot.understanding.parts import SIGN


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FrenchActClassifier(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Sets `intent` and `intent_ranking` with calibrated confidences; a doubtful act is a question."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
                 model: IntentModel | None = None) -> None:
        """Untrained unless a model is given."""
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs a tokenizer before it."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See `TrainingOptions`; `ranking_length`: how many candidates are kept."""
        options = TrainingOptions()
        return {"regularisation": options.regularisation, "folds": options.folds, "seed": options.seed,
                "ranking_length": 10}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa reuses a trained component while this stays the same: word files, model code and the encoder count too."""
        return f"{language_digest()} {encoder_version()}"

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> FrenchActClassifier:
        """Built by Rasa's graph for training."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that have an act, and persists."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        texts = [french_words().normal_text(example.get(TEXT)) for example in examples]
        self._model = IntentModel.trained(texts, [_label(example) for example in examples], self._options())
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> FrenchActClassifier:
        """Built by Rasa's graph for answering."""
        with model_storage.read_from(resource) as folder:
            model = IntentModel.load(folder)
        # The first sentence loads spaCy's rules (seconds): better before the engine says that it is ready.
        model.ranking(french_words().normal_text("bonjour"))
        return cls(config, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the act and the ranking to each message."""
        for message in messages:
            if self._model is None or not message.get(TEXT):
                continue
            found = self._model.ranking(french_words().normal_text(message.get(TEXT)), _vector_of_the_turn())
            best = doubtful_is_question(found)[: self._config["ranking_length"]]
            ranking = [{"name": name, "confidence": confidence} for name, confidence in best]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from predicted acts."""
        return training_data

    def _options(self) -> TrainingOptions:
        keys = ("regularisation", "folds", "seed")
        return TrainingOptions(**{key: self._config[key] for key in keys})


def _label(example: Message) -> str:
    # `metadata: {theme: …}` of a block in data/acts.
    theme = ((example.get(METADATA) or {}).get(METADATA_INTENT) or {}).get("theme")
    return f"{example.get(INTENT)}{SIGN}{theme}" if theme else str(example.get(INTENT))


def _vector_of_the_turn() -> np.ndarray | None:
    turn = current_turn.get()
    return turn.vector if turn else None
