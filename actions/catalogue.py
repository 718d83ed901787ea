"""Finds every action of the package and makes it: adding a file to `answers/` is enough."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import actions.answers
from actions.answer_action import AnswerAction
from actions.runtime import Runtime


def all_actions(runtime: Runtime) -> list[AnswerAction]:
    """One instance of each action, each answer knowing the others by act."""
    answers: dict[str, AnswerAction] = {}
    for kind in _classes():
        answer = kind(runtime, answers)
        answers[answer.intent] = answer
    return list(answers.values())


def answers_of(runtime: Runtime) -> dict[str, AnswerAction]:
    """The answers by act."""
    return {action.intent: action for action in all_actions(runtime)}


def _classes() -> Iterator[type[AnswerAction]]:
    package = actions.answers
    for module in pkgutil.iter_modules(package.__path__):
        found = importlib.import_module(f"{package.__name__}.{module.name}")
        for _, value in inspect.getmembers(found, inspect.isclass):
            if value.__module__ == found.__name__ and issubclass(value, AnswerAction) and not inspect.isabstract(value):
                yield value
