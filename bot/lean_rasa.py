"""Rasa without the parts that our engine never uses: TensorFlow's models, other firms' channels and databases, plotting.

Rasa imports all that it ships together, used or not, and each import takes its seconds and its memory (TensorFlow alone
260 MB) into the engine and into every training. `install` puts an empty stand-in in the place of those modules. A stand-in
has every class that is asked of it, and Rasa can make none of them: a pipeline or a credentials file that names one stops there.
"""

from __future__ import annotations

import functools
import importlib.abc
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn

# Of Rasa 3.6.21, with all that lies below them: what imports TensorFlow, the channels, what plots, the databases.
REPLACED = (
    "rasa.core.policies.ted_policy",
    "rasa.core.policies.unexpected_intent_policy",
    "rasa.nlu.classifiers.diet_classifier",
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
    "rasa.nlu.selectors.response_selector",
    "rasa.utils.tensorflow.callback",
    "rasa.utils.tensorflow.data_generator",
    "rasa.core.channels.botframework",
    "rasa.core.channels.facebook",
    "rasa.core.channels.hangouts",
    "rasa.core.channels.mattermost",
    "rasa.core.channels.rocketchat",
    "rasa.core.channels.slack",
    "rasa.core.channels.socketio",
    "rasa.core.channels.telegram",
    "rasa.core.channels.twilio",
    "rasa.core.channels.twilio_voice",
    "rasa.core.channels.webexteams",
    "rasa.core.test",
    "rasa.nlu.test",
    "rasa.utils.plotting",
    "boto3",
    "pymongo",
)


class NotHere:
    """Base of the stand-ins' classes."""

    @classmethod
    def create(cls, *_: Any, **__: Any) -> NoReturn:
        """What Rasa calls to make a component or a channel.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError(f"{cls.__module__}.{cls.__name__} is left out of this process (bot/lean_rasa.py)")

    load = from_credentials = create

    @classmethod
    def name(cls) -> str:
        """Rasa lists its channels by name: one that no credentials file holds."""
        return f"{cls.__module__}.{cls.__name__}"


class _StandIns(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if not any(fullname == name or fullname.startswith(f"{name}.") for name in REPLACED):
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__getattr__"] = functools.partial(_stand_in, module.__name__)


@functools.cache
def _stand_in(module: str, name: str) -> type[NotHere]:
    if name.startswith("__"):
        raise AttributeError(name)
    return type(name, (NotHere,), {"__module__": module})


def install() -> None:
    """From here on, this process imports the stand-ins. To be called before Rasa is imported; a second call changes nothing."""
    if not any(isinstance(finder, _StandIns) for finder in sys.meta_path):
        sys.meta_path.insert(0, _StandIns())
