"""Building an index: into a new folder, then renamed, so that whoever serves never sees half of one."""

from __future__ import annotations

import json
import shutil
import uuid
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import tantivy
from sqlalchemy import Engine

from knowledge_base.language import solid_words
from knowledge_base.meta import Edition
from knowledge_base.search.documents import Entry, read_entries
from knowledge_base.search.ordinary import ordinary_words
from knowledge_base.search.schema import FORMAT, OFFERS, REFERENCES, build_schema, stems
from knowledge_base.text import grams, sound

WRITER_BYTES = 60_000_000


class IndexFiles:
    """The files of an index while it is written: names and cards beside Tantivy's own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.references, self.courses = _writer(folder / REFERENCES), _writer(folder / OFFERS)
        self._writers = [self.references, self.courses]
        self.names: IO[str] = (folder / "names.txt").open("w", encoding="utf-8")
        self.cards: IO[bytes] = (folder / "cards.jsonl").open("wb")
        self.name_sheet, self.card_offset = array("I"), array("Q")
        self.frequency: Counter[str] = Counter()
        self.keys: dict[str, int] = {}
        self.codes: dict[str, list[int]] = {}
        self.offers = 0

    def add(self, entry: Entry) -> None:
        """One sheet: a document for each of its names; the first one carries the text of the sheet."""
        ordinal = len(self.card_offset)
        self.card_offset.append(self.cards.tell())
        self.cards.write(json.dumps(entry.card, ensure_ascii=False).encode() + b"\n")
        self.offers += entry.is_offer
        if not entry.is_offer:
            self.keys[f"{entry.card['kind']}/{entry.card['id']}"] = ordinal
            for code in entry.codes:
                self.codes.setdefault(code, []).append(ordinal)
        title = entry.card["title"]
        for position, (label, form) in enumerate(entry.names):
            tokens = form.split()
            self.frequency.update(set(tokens))
            document = document_of(entry, form, len(self.name_sheet), telling=position == 0)
            (self.courses if entry.is_offer else self.references).add_document(document)
            heard = heard_of(entry, form)
            shown = "" if label == title else label.replace("\t", " ")
            self.names.write(f"{form}\t{shown}\t{heard}\n")
            self.name_sheet.append(ordinal)

    def close(self, edition: Edition) -> None:
        """Writes what was gathered; the folder is complete only after this."""
        for writer in (self.references, self.courses):
            writer.commit()
        self.stop()
        self.names.close()
        self.card_offset.append(self.cards.tell())
        self.cards.close()
        (self.folder / "name_sheet.bin").write_bytes(self.name_sheet.tobytes())
        (self.folder / "card_offset.bin").write_bytes(self.card_offset.tobytes())
        (self.folder / "keys.json").write_text(json.dumps(self.keys), encoding="utf-8")
        (self.folder / "codes.json").write_text(json.dumps(self.codes), encoding="utf-8")
        (self.folder / "frequency.json").write_text(json.dumps(dict(self.frequency)), encoding="utf-8")
        (self.folder / "ordinary.txt").write_text(" ".join(sorted(ordinary_words())), encoding="utf-8")
        meta: dict[str, Any] = {"format": FORMAT, "edition": asdict(edition), "names": len(self.name_sheet)}
        meta |= {"offers": self.offers, "references": len(self.card_offset) - 1 - self.offers}
        (self.folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")

    def stop(self) -> None:
        """Ends the writers' threads: nothing appears in the folder any more."""
        while self._writers:
            self._writers.pop().wait_merging_threads()


def document_of(entry: Entry, form: str, ordinal: int, *, telling: bool) -> tantivy.Document:
    """The document of one name of a sheet; the `telling` one carries the text of the sheet too."""
    document = tantivy.Document(grams=" ".join(grams(form.split())), tags=entry.tags)
    document.add_unsigned("ord", ordinal)
    if entry.lat is not None and entry.lon is not None:
        document.add_float("lat", entry.lat)
        document.add_float("lon", entry.lon)
    if telling and entry.body:
        document.add_text("body", " ".join(stems(entry.body)))
    return document


def heard_of(entry: Entry, form: str) -> str:
    """How a name sounds; nobody listens to those of courses, which are many."""
    return "" if entry.is_offer else sound(" ".join(solid_words(form.split())))


def _writer(folder: Path) -> Any:
    folder.mkdir()
    return tantivy.Index(build_schema(), path=str(folder)).writer(WRITER_BYTES, 1)


def _write(entries: Iterable[Entry], folder: Path, edition: Edition) -> None:
    files = IndexFiles(folder)
    try:
        for entry in entries:
            files.add(entry)
        files.close(edition)
    finally:
        files.stop()


def write_index(entries: Iterable[Entry], folder: Path, edition: Edition) -> None:
    """Writes a complete index at `folder`. A half-written one keeps another name and is swept at the next build."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = folder.parent / f".{folder.name}-{uuid.uuid4().hex[:8]}"
    try:
        _write(entries, scratch, edition)
        try:
            scratch.replace(folder)
        except OSError:
            # Another process was faster with the same version: its index is as good as ours.
            if not (folder / "meta.json").exists():
                raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def build_index(engine: Engine, folder: Path, edition: Edition) -> None:
    """Builds the index of the current content of the database."""
    with engine.connect() as connection:
        write_index(read_entries(connection), folder, edition)
