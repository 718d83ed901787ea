"""What the ranking searches: names, texts, questions of sheets, and lessons, as arrays of one edition of the content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge_base.answering import Answer
from knowledge_base.points import points
from knowledge_base.search.meaning import Vectors
from knowledge_base.search.needs.lessons import Lesson
from knowledge_base.search.needs.terms import Scores, TermTable, grams_of, stems_of, tokens_of
from knowledge_base.search.needs.vectors import VectorStore
from knowledge_base.search.needs.whole_names import whole_names

ASKING = frozenset(("quoi", "comment", "combien", "pourquoi", "quel", "quelle", "quels", "quelles"))
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Document:
    """One sheet as it is indexed: `names` folded, `body` all its text, `answers` what it answers, `asked` further messages
    (point, text) that it answers."""

    key: str
    title: str
    summary: str
    names: tuple[str, ...]
    body: str
    answers: tuple[Answer, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def asks(self) -> tuple[tuple[str, str], ...]:
        """(point, text): the ways its questions are asked, and what answers them (« dès 15 ans et un jour » is found by its
        own words), then the further messages."""
        own = ((one.point, text) for one in self.answers if not one.is_field for text in (*one.asks, one.text))
        return (*own, *self.asked)

    @property
    def kind(self) -> str:
        """The kind of the sheet."""
        return self.key.partition("/")[0]


@dataclass(frozen=True)
class Texts:
    """Texts that each belong to one or more sheets: tables of words and grams, and vectors."""

    words: TermTable
    grams: TermTable
    vectors: Vectors

    @classmethod
    def of(cls, texts: Sequence[str], store: VectorStore, like: Texts | None = None) -> Texts:
        """The tables of texts, in order."""
        tokens = [tokens_of(text) for text in texts]
        words = TermTable.of(map(stems_of, tokens), like.words if like else None)
        return cls(words, TermTable.of(map(grams_of, tokens), like.grams if like else None), store.of(texts))


def _names_of(document: Document) -> list[str]:
    """« le CAP c'est quoi » was given as a name: it is a question, and names nothing."""
    return [name for name in document.names if not ASKING & set(name.split())] or list(document.names)


class NeedIndex:
    """Immutable once built. `keys` are the sheets in order; every score is an array over them."""

    def __init__(
        self, documents: Sequence[Document], lessons: Sequence[Lesson], store: VectorStore, like: NeedIndex | None = None
    ) -> None:
        self.keys = [document.key for document in documents]
        self.titles = [document.title for document in documents]
        self.place = {key: at for at, key in enumerate(self.keys)}
        self.kinds = [document.kind for document in documents]
        self.heads = [(stems_of(tokens_of(document.title)) or ("",))[0] for document in documents]
        # « CAP », « BTS », « licence »: the words that diplomas begin with.
        self.diplomas = frozenset(head for head, kind in zip(self.heads, self.kinds, strict=True) if kind == "formation")
        self._name_everything(documents, like)
        self.whole_names = whole_names((document.key, document.names) for document in documents)
        self.body: TermTable = TermTable.of(
            (stems_of(tokens_of(document.body)) for document in documents), like.body if like else None
        )
        self.title_vectors = store.of(self.titles)
        self.summary_vectors = store.of([f"{document.title} : {document.summary}" for document in documents])
        self.answers = [document.answers for document in documents]
        asks = [(at, point, ask) for at, document in enumerate(documents) for point, ask in document.asks]
        self.ask_sheet = np.array([at for at, _, _ in asks], dtype=np.int32)
        self.ask_point = [point for _, point, _ in asks]
        self.ask_texts = [ask for _, _, ask in asks]
        self._ask_row = {(at, ask): row for row, (at, _, ask) in enumerate(asks)}
        self.asks: Texts = Texts.of([ask for _, _, ask in asks], store, like.asks if like else None)
        of_points = [ask for point in points().values() for ask in point.asks]
        self._point_row, self._of_points = {ask: row for row, ask in enumerate(of_points)}, store.of(of_points)
        self._learn_from(lessons, store)

    def _name_everything(self, documents: Sequence[Document], like: NeedIndex | None) -> None:
        pairs = [(at, name) for at, document in enumerate(documents) for name in _names_of(document)]
        self.name_sheet = np.array([at for at, _ in pairs], dtype=np.int32)
        self.name_stems = [stems_of(name.split()) or tuple(name.split()) for _, name in pairs]
        # « PASS », « soudeur », « soudeuse »: names of one word, as they are written.
        self.lone_names = frozenset(name for _, name in pairs if " " not in name)
        self._title_stems = [frozenset(stems_of(tokens_of(title))) - ASKING for title in self.titles]
        self.names: TermTable = TermTable.of(self.name_stems, like.names if like else None)
        self.name_grams: TermTable = TermTable.of(
            (grams_of(name.split()) for _, name in pairs), like.name_grams if like else None
        )

    def _learn_from(self, lessons: Sequence[Lesson], store: VectorStore) -> None:
        known = [lesson for lesson in lessons if any(sheet in self.place for sheet in lesson.sheets)]
        self.lessons = Texts.of([lesson.message for lesson in known], store)
        self.lesson_writer = np.array([lesson.writer for lesson in known])
        pairs = [(at, self.place[sheet]) for at, lesson in enumerate(known) for sheet in lesson.sheets if sheet in self.place]
        self.lesson_of_pair = np.array([at for at, _ in pairs], dtype=np.int32)
        self.sheet_of_pair = np.array([sheet for _, sheet in pairs], dtype=np.int32)
        life = TermTable.of(stems_of(tokens_of(lesson.message)) for lesson in lessons) if lessons else self.names
        vocabulary = list(self.names.vocabulary)
        # A word of everyday life says little, however rare it is among the names of sheets (« ami », « permis »).
        self.name_idf = np.array(self.names.idf, dtype=np.float32)
        self.life_idf = np.array([min(self.names.telling(term), life.telling(term)) for term in vocabulary], dtype=np.float32)
        self._weigh_names()

    def __len__(self) -> int:
        return len(self.keys)

    def vectors_of_asks(self, sheet: int, asks: Sequence[str]) -> Vectors:
        """The vectors of those ways of asking a sheet that are indexed, a row each."""
        rows = [self._ask_row[sheet, ask] for ask in asks if (sheet, ask) in self._ask_row]
        if rows:
            return self.asks.vectors[rows]
        return self._of_points[[self._point_row[ask] for ask in asks if ask in self._point_row]]  # a field's, of any sheet

    def stems_of_title(self, sheet: int) -> frozenset[str]:
        """The words of the title of a sheet."""
        return self._title_stems[sheet]

    def names_within(self, said: set[str]) -> list[int]:
        """The names whose every word is said (stems)."""
        rarest = (name for stem in said for name in self._by_rarest.get(stem, ()))
        return [name for name in rarest if all(stem in said for stem in self.name_stems[name])]

    def rows_of(self, name: int) -> list[int]:
        """The rows of a name's words in the table of names, always in the same order: sums of small numbers depend on it."""
        return [self.names.vocabulary[stem] for stem in dict.fromkeys(self.name_stems[name])]

    def per_sheet(self, scores: Scores, owner: Ints) -> Scores:
        """The best score of each sheet; `owner` says whose each score is."""
        best = np.zeros(len(self), dtype=np.float32)
        np.maximum.at(best, owner, scores)
        return best

    def _weigh_names(self) -> None:
        weights = [
            (self.name_idf[rows].sum(), self.life_idf[rows].sum()) for rows in map(self.rows_of, range(len(self.name_stems)))
        ]
        self.name_weight = np.array(weights, dtype=np.float32).reshape(-1, 2).T + np.float32(1e-6)
        self._by_rarest: dict[str, list[int]] = {}
        for name, words in enumerate(self.name_stems):
            if words:
                self._by_rarest.setdefault(max(words, key=self.names.telling), []).append(name)
