"""Rasa's own reading of our files and the lessons, done once a process: validation and training ask for them six times."""

from __future__ import annotations

import functools
from pathlib import Path

from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.lessons import LESSON, Lesson, lessons_beside

LANGUAGE = "fr"


class ReadOnceImporter(RasaFileImporter):  # type: ignore[misc]
    """Named in `config.yml`. A file that changes while the process runs is not read again."""

    def get_nlu_data(self, language: str | None = LANGUAGE) -> TrainingData:
        """The sentences of all files and the lessons beside, whatever language is named (Rasa copies before it changes any)."""
        return _sentences(tuple(self._nlu_files))


@functools.lru_cache(maxsize=1)
def _sentences(files: tuple[str, ...]) -> TrainingData:
    return utils.training_data_from_paths(files, LANGUAGE).merge(_lessons(files))


def _lessons(files: tuple[str, ...]) -> TrainingData:
    folders = sorted({Path(file).parent for file in files})
    return TrainingData([_message(lesson) for folder in folders for lesson in lessons_beside(folder)])


def _message(lesson: Lesson) -> Message:
    message = Message.build(lesson.text, lesson.act)
    message.set(LESSON, True)
    return message
