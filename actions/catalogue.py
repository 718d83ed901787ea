"""Finds every action of the package and makes it: adding a file to `answers/` or `forms/` is enough."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from rasa_sdk import Action

import actions.answers
import actions.forms
from actions.answer_action import AnswerAction
from actions.runtime import Runtime


def all_actions(runtime: Runtime) -> list[Action]:
    """One instance of each action, each answer knowing the others by intent."""
    answers: dict[str, AnswerAction] = {}
    for kind in _classes(actions.answers, AnswerAction):
        answer = kind(runtime, answers)
        answers[answer.intent] = answer
    forms = [kind(runtime, answers) for kind in _classes(actions.forms, Action)]
    return [*answers.values(), *forms]


def answers_of(runtime: Runtime) -> dict[str, AnswerAction]:
    """The answers by intent."""
    return {action.intent: action for action in all_actions(runtime) if isinstance(action, AnswerAction)}


def _classes(package: ModuleType, base: type) -> Iterator[type]:
    for module_info in pkgutil.iter_modules(package.__path__, prefix=f"{package.__name__}."):
        module = importlib.import_module(module_info.name)
        for _, found in inspect.getmembers(module, inspect.isclass):
            if issubclass(found, base) and found.__module__ == module.__name__ and not inspect.isabstract(found):
                yield found
