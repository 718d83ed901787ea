"""French tokenizer: spaCy's blank French rules, SMS spelling brought to normal forms, offsets kept."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.language.digest import language_digest
from bot.language.words import french_words

NORMAL = "normal"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class FrenchTokenizer(Tokenizer):  # type: ignore[misc]
    """Tokens keep the typed text and its offsets; their normal form is in `token.data["normal"]` and is their lemma."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings that Rasa's tokenizer class expects."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa reuses cached tokens while this stays the same: the word files count too."""
        return language_digest()

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
               execution_context: ExecutionContext) -> FrenchTokenizer:
        """Built by Rasa's graph."""
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words of one attribute of a message."""
        words = french_words().words(message.get(attribute))
        return [Token(word.text, word.start, word.end, data={NORMAL: word.normal}, lemma=word.normal or word.text)
                for word in words]
