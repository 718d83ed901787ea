"""Entities by name: what `gazetteer.json` of the state directory holds, when there is one (see `bot.language.gazetteer`)."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.language.gazetteer import FILE_NAME, Gazetteer, GazetteerError, GazetteerFile

logger = logging.getLogger(__name__)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class GazetteerExtractor(GraphComponent, EntityExtractorMixin):  # type: ignore[misc]
    """Adds one entity for each name found; a broken file is reported once per change and finds nothing."""

    def __init__(self, file: GazetteerFile) -> None:
        """Reads names from `file`."""
        self._file = file

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> GazetteerExtractor:
        """Built by Rasa's graph; the state directory comes from PARCOURS_STATE_DIR."""
        state_dir = os.environ.get("PARCOURS_STATE_DIR")
        return cls(GazetteerFile(Path(state_dir) / FILE_NAME if state_dir else None))

    def process(self, messages: list[Message]) -> list[Message]:
        """Reads each message's text."""
        gazetteer = self._current()
        if gazetteer is None:
            return messages
        for message in messages:
            found = [{"entity": m.entity, "value": m.value, "start": m.start, "end": m.end, "extractor": type(self).__name__}
                     for m in gazetteer.find(message.get(TEXT) or "")]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _current(self) -> Gazetteer | None:
        try:
            return self._file.current()
        except (GazetteerError, KeyError, OSError) as error:
            logger.warning("gazetteer not usable: %s", type(error).__name__)
            return None
