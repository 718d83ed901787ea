"""Newer content is taken up while people are answered: never half an index, never a wait."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.editing.corrections import correct
from knowledge_base.search.build import IndexFiles
from knowledge_base.serving import INDEX_FOLDER

ROUNDS = 4


def test_questions_are_answered_without_a_gap_while_the_index_is_rebuilt(kb: KnowledgeBase) -> None:
    stop, found = threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            found.append([hit.id for hit in kb.search("coiffeuse").results][:1])

    people = [threading.Thread(target=ask) for _ in range(3)]
    for person in people:
        person.start()
    versions = {kb.version}
    for number in range(ROUNDS):
        correct(kb.engine, "metier", "coiffeur", {"summary": f"Il coupe les cheveux, {number}."}, "account-1")
        assert kb.refresh_if_changed() is True
        versions.add(kb.version)
    stop.set()
    for person in people:
        person.join()
    assert len(versions) == ROUNDS + 1
    assert found and all(first == ["coiffeur"] for first in found)
    assert kb.search("coiffeuse").results[0].text == f"Il coupe les cheveux, {ROUNDS - 1}."


def test_a_rebuild_that_fails_leaves_the_old_index_and_no_rest(
    kb: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space left")

    correct(kb.engine, "metier", "coiffeur", {"summary": "Il coupe court."}, "account-1")
    monkeypatch.setattr(IndexFiles, "close", broken)
    with pytest.raises(OSError, match="no space"):
        kb.refresh_if_changed()
    assert kb.search("coiffeuse").results[0].id == "coiffeur"
    home = tmp_path / "state" / INDEX_FOLDER
    assert [path.name for path in home.iterdir() if path.name.startswith(".")] == []
    monkeypatch.undo()
    assert kb.refresh_if_changed() is True
    assert kb.search("coiffeuse").results[0].text == "Il coupe court."
