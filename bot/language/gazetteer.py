"""Names of trades, courses, structures and places found in a sentence, by spaCy's PhraseMatcher over normal forms.

The names come from `gazetteer.json` in the state directory, exported from the knowledge base:
`{"version": 1, "entries": [{"entity": "metier", "value": "metier/D1202", "names": ["coiffeur", …]}, …]}`.
It adds features only. Without the file nothing is found, and nothing else changes: training never needs it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from bot.language.mentions import Mention
from bot.language.words import FrenchWords, french_words

FILE_NAME = "gazetteer.json"
VERSION = 1
LOOK_AGAIN_SECONDS = 5.0


class GazetteerError(ValueError):
    """The exported file is not one that this version reads."""


class Gazetteer:
    """Compiled names."""

    def __init__(self, entries: list[Mapping[str, Any]], words: FrenchWords | None = None) -> None:
        """`entries` as in the file. Names of fewer than three letters are left out: they would match everywhere."""
        self._words = words or french_words()
        self._matcher = PhraseMatcher(self._words.language.vocab, attr="NORM")
        self._meanings: dict[int, tuple[str, str]] = {}
        for number, entry in enumerate(entries):
            self._add(f"{number}", entry)

    def find(self, text: str) -> list[Mention]:
        """The longest names in a text, in order."""
        document = self._words.document(text)
        spans = filter_spans(self._matcher(document, as_spans=True))
        return [Mention(*self._meanings[span.label], span.start_char, span.end_char) for span in spans]

    def _add(self, key: str, entry: Mapping[str, Any]) -> None:
        documents = [self._words.document(name) for name in entry["names"] if len(name) > 2]
        if documents:
            self._matcher.add(key, documents)
            self._meanings[self._words.language.vocab.strings[key]] = (entry["entity"], entry["value"])


def read_entries(path: Path) -> list[Mapping[str, Any]]:
    """The entries of an exported file.

    Raises:
        GazetteerError: not JSON, or of another version.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise GazetteerError(f"{path.name} is not JSON") from error
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise GazetteerError(f"{path.name} is not of version {VERSION}")
    return list(data.get("entries") or [])


@dataclass
class GazetteerFile:
    """The gazetteer of a file that may appear or change while the engine runs; looked at every few seconds at most."""

    path: Path | None
    clock: Callable[[], float] = time.monotonic
    _stamp: int | None = field(default=None, init=False)
    _looked_at: float = field(default=float("-inf"), init=False)
    _gazetteer: Gazetteer | None = field(default=None, init=False)

    def current(self) -> Gazetteer | None:
        """The gazetteer as of now; None when there is no file."""
        now = self.clock()
        if self.path is not None and now - self._looked_at >= LOOK_AGAIN_SECONDS:
            self._looked_at = now
            self._reload(self.path)
        return self._gazetteer

    def _reload(self, path: Path) -> None:
        stamp = path.stat().st_mtime_ns if path.exists() else None
        if stamp != self._stamp:
            self._stamp = stamp
            self._gazetteer = Gazetteer(read_entries(path)) if stamp is not None else None
