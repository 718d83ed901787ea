"""Corrected sheets laid over an index that lies on disk: ready in milliseconds, however large the index is."""

from __future__ import annotations

import copy
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

import tantivy
from sqlalchemy import Connection, select, tuple_

from knowledge_base.editing.rows import RETIRED
from knowledge_base.meta import Edition
from knowledge_base.models import ChangeRow, SheetRow
from knowledge_base.search.build import document_of, heard_of
from knowledge_base.search.documents import OFFER_ORIGIN, Entry, coordinates_of, entry_of, offer_entry
from knowledge_base.search.schema import OFFERS, REFERENCES, build_schema
from knowledge_base.search.snapshot import Snapshot
from knowledge_base.sheet_rows import EDITED, sheet_of

Key = tuple[str, str]
# More corrected sheets than this are worth a new index.
MOST = 300
# Who bears which name is decided over the whole content: after a change of these only a new index will do.
NAMING = frozenset({"title", "also", "rome", "rncp", "spells_out"})
SHARING_NAMES = ("metier", "formation")
WRITER_BYTES = 15_000_000


def patched(connection: Connection, whole: Snapshot, edition: Edition) -> Snapshot | None:
    """`whole` with what was corrected in the console since it was built; None when only a new index will do."""
    if not edition.basis or edition.basis != whole.edition.basis or edition.changes < whole.edition.changes:
        return None
    keys = _corrected(connection, whole)
    if keys is None or len(keys) > MOST:
        return None
    patch = _Patch(whole, edition)
    for key, entry in _entries(connection, whole, keys):
        patch.lay(key, entry)
    return patch.finish()


def _corrected(connection: Connection, whole: Snapshot) -> list[Key] | None:
    """The sheets corrected since; None when a name went from one sheet to another."""
    query = select(ChangeRow.kind, ChangeRow.sheet_id, ChangeRow.after).where(ChangeRow.number > whole.edition.changes)
    keys: dict[Key, None] = {}
    for kind, sheet_id, after in connection.execute(query.order_by(ChangeRow.number)):
        present = f"{kind}/{sheet_id}" in whole.keys
        if (present and NAMING & set(after)) or (kind in SHARING_NAMES and RETIRED in after):
            return None
        keys[(kind, sheet_id)] = None
    return list(keys)


def _entries(connection: Connection, whole: Snapshot, keys: list[Key]) -> Iterator[tuple[Key, Entry | None]]:
    """What answers for each sheet now; None for one that was withdrawn."""
    coordinates = coordinates_of(connection)
    query = select(SheetRow.__table__).where(tuple_(SheetRow.kind, SheetRow.id).in_(keys))
    for row in connection.execute(query).mappings() if keys else ():
        key = row["kind"], row["id"]
        if row["retired_on"] is not None:
            yield key, None
        elif row["origin"] == OFFER_ORIGIN:
            yield key, offer_entry(row, coordinates)
        elif row["origin"] in EDITED or "/".join(key) in whole.keys:
            yield key, entry_of(sheet_of(dict(row)), [], coordinates)


class _Patch:
    """Gathers entries in a small index in memory, and what they hide of the whole one."""

    def __init__(self, whole: Snapshot, edition: Edition) -> None:
        self._whole = whole
        self._new = copy.copy(whole)
        self._new.edition = edition
        self._new.names, self._new.labels, self._new.sounds = whole.names[:], whole.labels[:], whole.sounds[:]
        self._new.name_sheet, self._new.keys = whole.name_sheet[:], dict(whole.keys)
        self._indexes = {name: tantivy.Index(build_schema()) for name in (REFERENCES, OFFERS)}
        self._writers = {name: index.writer(WRITER_BYTES, 1) for name, index in self._indexes.items()}
        self._hidden: set[int] = set()
        self._added: dict[int, dict[str, object]] = {}

    def lay(self, key: Key, entry: Entry | None) -> None:
        """Puts an entry (None: nothing) in the place of the sheet of that reference."""
        old = self._whole.ordinal_of(*key)
        if old is not None:
            ordinals = range(bisect_left(self._whole.name_sheet, old), bisect_right(self._whole.name_sheet, old))
            self._hidden.update(ordinals)
            self._new.keys.pop("/".join(key), None)
            if entry:
                # The names stay those that the whole index gave it.
                labels = ((self._whole.labels[at] or entry.card["title"], self._whole.names[at]) for at in ordinals)
                entry = replace(entry, names=list(labels))
        if entry:
            self._add(key, entry)

    def _add(self, key: Key, entry: Entry) -> None:
        ordinal = len(self._whole) + len(self._added)
        self._added[ordinal] = entry.card
        if not entry.is_offer:
            self._new.keys["/".join(key)] = ordinal
        writer = self._writers[OFFERS if entry.is_offer else REFERENCES]
        for position, (label, form) in enumerate(entry.names):
            writer.add_document(document_of(entry, form, len(self._new.name_sheet), telling=position == 0))
            self._new.names.append(form)
            self._new.labels.append("" if label == entry.card["title"] else label)
            self._new.sounds.append(heard_of(entry, form))
            self._new.name_sheet.append(ordinal)

    def finish(self) -> Snapshot:
        """The whole index with all that was laid over it."""
        for writer in self._writers.values():
            writer.commit()
            writer.wait_merging_threads()
        for index in self._indexes.values():
            index.reload()
        searchers = {name: index.searcher() for name, index in self._indexes.items()}
        words = {word for form in self._new.names[len(self._whole.names) :] for word in form.split()}
        self._new.lay_over(searchers, self._added, self._hidden, words)
        return self._new
