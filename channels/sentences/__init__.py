"""Every French sentence that channels says, in the YAML files of this folder, and the tiny loader.

A sentence is a text, a list of variants, or a mapping {text, sms, spoken, input}; `{name}` is filled in. `input` says what a
question asks for (tel, name). Editors change the files, never the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from language.yml import read_yml

FOLDER = Path(__file__).parent


class UnknownSentence(KeyError):
    """No file of channels/sentences holds this name."""


class Sentences:
    """All sentences, by « file.name »."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._entries: dict[str, Any] = {}
        for path in sorted(folder.glob("*.yml")):
            for name, entry in read_yml(path.read_text("utf-8")).items():
                self._entries[f"{path.stem}.{name}"] = entry

    def text(self, name: str, variant: int = 0, /, **values: object) -> str:
        """The sentence; `variant` turns through the variants so that repetition does not grate.

        Raises:
            UnknownSentence: no such name.
        """
        entry = self._entry(name, variant)
        return str(entry["text"] if isinstance(entry, Mapping) else entry).strip().format_map(_Filled(values))

    def form(self, name: str, form: str, variant: int = 0, /, **values: object) -> str | None:
        """Another entry of it (« sms », « spoken », « input »), or None when it has none."""
        entry = self._entry(name, variant)
        found = entry.get(form) if isinstance(entry, Mapping) else None
        return str(found).strip().format_map(_Filled(values)) if found else None

    def names(self) -> list[str]:
        """Every name, sorted."""
        return sorted(self._entries)

    def _entry(self, name: str, variant: int) -> Any:
        if name not in self._entries:
            raise UnknownSentence(name)
        entry = self._entries[name]
        return entry[variant % len(entry)] if isinstance(entry, list) else entry


class _Filled(dict[str, object]):
    """A value that is missing is an error of ours: say which."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__(values)

    def __missing__(self, key: str) -> object:
        raise UnknownSentence(f"value {{{key}}} is missing")
