"""Entities by rule: age, level, rhythm, département, public (see `bot.language.mentions`)."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.language.mentions import find_mentions


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RuleExtractor(GraphComponent, EntityExtractorMixin):  # type: ignore[misc]
    """Adds one entity for each mention."""

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> RuleExtractor:
        """Built by Rasa's graph."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Reads each message's text."""
        for message in messages:
            found = [{"entity": m.entity, "value": m.value, "start": m.start, "end": m.end, "extractor": type(self).__name__}
                     for m in find_mentions(message.get(TEXT) or "")]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
