"""The net under the channels' patterns: what they did not hear of distress is heard here, and said with how sure it is."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.digest import folder_digest, language_digest
from bot.language.distress_lists import FOLDER, read_lists
from bot.language.words import french_words
from bot.lessons import LESSON
from bot.understanding.distress_model import DistressModel
from bot.understanding.pieces import pieces

INTENT_OF_DISTRESS = "detresse"
KEY = "distress"  # of the parse result: "sure", "perhaps", or absent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DistressNet(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Sure: the intent becomes `detresse`. Less sure: the intent stays, and the actions set the numbers beside their answer."""

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
                 model: DistressModel | None = None) -> None:
        """Untrained unless a model is given."""
        self._config, self._model_storage, self._resource, self._model = config, model_storage, resource, model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Shares from which on it is distress for sure, and perhaps (0 to 1): docs/nlu/distress.json."""
        return {"sure": 0.7, "perhaps": 0.5}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa reuses a trained component while this stays the same: the lists count too."""
        return f"{language_digest()} {folder_digest(FOLDER)}"

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> DistressNet:
        """Built by Rasa's graph for training."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the lists and from every training sentence, and persists."""
        # Lessons are left out: nobody has told the calm ones among those that need a person from the others.
        lists = read_lists()
        examples = [example for example in training_data.intent_examples if example.get(TEXT) and not example.get(LESSON)]
        told = [text for texts in lists.distress.values() for text in texts]
        calm = [text for texts in lists.harmless.values() for text in texts]
        told += [example.get(TEXT) for example in examples if example.get(INTENT) == INTENT_OF_DISTRESS]
        calm += [example.get(TEXT) for example in examples if example.get(INTENT) != INTENT_OF_DISTRESS]
        self._model = DistressModel.trained(*([pieces(french_words().words(text)) for text in texts] for texts in (told, calm)))
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
             execution_context: ExecutionContext, **kwargs: Any) -> DistressNet:
        """Built by Rasa's graph for answering."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, DistressModel.load(folder))

    def process(self, messages: list[Message]) -> list[Message]:
        """Tells of each message whether it is distress; when sure, the intent says so too."""
        for message in messages:
            if self._model is None or not message.get(TEXT):
                continue
            share = self._model.probability(pieces(french_words().words(message.get(TEXT))))
            if share >= self._config["perhaps"]:
                message.set(KEY, "sure" if share >= self._config["sure"] else "perhaps", add_to_output=True)
            if share >= self._config["sure"]:
                _is_distress(message, share)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component learns from it."""
        return training_data


def _is_distress(message: Message, share: float) -> None:
    others = [item for item in message.get(INTENT_RANKING_KEY) or [] if item["name"] != INTENT_OF_DISTRESS]
    found = {"name": INTENT_OF_DISTRESS, "confidence": share}
    message.set(INTENT, found, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [found, *others], add_to_output=True)
