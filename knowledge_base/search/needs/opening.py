"""The finder of one edition of the content: its index, built from the database, with what was learnt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection

from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.one_process import one_process
from knowledge_base.search.documents import Entry, read_references
from knowledge_base.search.needs.finder import Finder
from knowledge_base.search.needs.index import Document, NeedIndex
from knowledge_base.search.needs.learning import learn_model
from knowledge_base.search.needs.lessons import shipped_choices, shipped_lessons, written_from_sheets
from knowledge_base.search.needs.store import FOLDER, load, path_of, save
from knowledge_base.search.needs.vectors import VectorStore
from knowledge_base.settings import KnowledgeSettings

VECTORS = "vectors.npz"
# A base with fewer sheets (tests, a first import) is searched by names only.
FEWEST_SHEETS = 200
ANY_POINT = "other"


def open_finder(connection: Connection, state_dir: Path, gazetteer: Gazetteer) -> Finder | None:
    """The finder of the current content; None when the base holds too few sheets to rank. Whoever shares the folder waits."""
    documents = list(documents_of(connection))
    if len(documents) < FEWEST_SHEETS:
        return None
    lessons, choices = shipped_lessons(), shipped_choices()
    home = KnowledgeSettings().ranking_dir or state_dir / FOLDER
    with one_process(home):
        store = VectorStore(home / VECTORS)
        index = NeedIndex(documents, lessons, store)
        path = path_of(home, lessons, choices)
        if not path.exists():
            save(learn_model(index, lessons, choices, gazetteer, store), path)
            _sweep(path)
        return Finder(index, load(path))


def is_learnt(state_dir: Path) -> bool:
    """Whether the ranking of today's lessons lies there already."""
    return path_of(KnowledgeSettings().ranking_dir or state_dir / FOLDER, shipped_lessons(), shipped_choices()).exists()


def documents_of(connection: Connection) -> Iterator[Document]:
    """Every reference sheet as it is indexed, with its questions."""
    for entry in read_references(connection):
        yield document_of(entry)


def document_of(entry: Entry) -> Document:
    """What the ranking reads of an entry of the search index."""
    card = entry.card
    names = (*(form for _, form in entry.names), *entry.codes)
    key = f"{card['kind']}/{card['id']}"
    others = tuple((ANY_POINT, message) for message in written_from_sheets().get(key, ()))
    return Document(key, card["title"], card["text"], names, entry.body, entry.answers, others)


def _sweep(newest: Path) -> None:
    for path in newest.parent.glob("*.npz"):
        if path.name not in (newest.name, VECTORS):
            path.unlink(missing_ok=True)
