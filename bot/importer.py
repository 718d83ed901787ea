"""Rasa's own reading of our files, done once a process: validation and training ask for the same sentences six times."""

from __future__ import annotations

import functools

from rasa.shared.importers import utils
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

LANGUAGE = "fr"


class ReadOnceImporter(RasaFileImporter):  # type: ignore[misc]
    """Named in `config.yml`. A file that changes while the process runs is not read again."""

    def get_nlu_data(self, language: str | None = LANGUAGE) -> TrainingData:
        """The sentences of all files, whatever language is named (Rasa copies them before it changes any)."""
        return _sentences(tuple(self._nlu_files))


@functools.lru_cache(maxsize=1)
def _sentences(files: tuple[str, ...]) -> TrainingData:
    return utils.training_data_from_paths(files, LANGUAGE)
