"""The lists are dealt once, each writer in both, and then their texts never change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.answers import freezing
from evaluation.answers.freezing import NotFrozen, changes, dealt, freeze, labelled_again, main, merged, without_shared
from evaluation.answers.listed import Listed, read_list, text_digest
from tests.unit.evaluation.answers.people import HAIR, LICENCE, MESSAGE, MISSING

NEED = {"what": "coiffure", "point": "access", "place": "Caen", "for_whom": "moi", "sheets": ["metiers/coiffeur"]}

LONG = "je voudrais savoir comment on devient coiffeuse quand on habite Vire"


def _written(count: int = 30) -> list[Listed]:
    return [replace(MESSAGE, id=f"w{writer}-{number:03d}") for writer in range(1, 7) for number in range(count)]


def _folders(tmp_path: Path, label: dict[str, object]) -> tuple[Path, Path]:
    written, labels = tmp_path / "written", tmp_path / "labels"
    for folder in (written, labels):
        folder.mkdir()
    fields = {"id": "w1-001", "voice": "fille", "channel": "web", "kind": "metier", "message": "coiffure", "good_answer": "CAP"}
    (written / "w1.jsonl").write_text(json.dumps(fields), encoding="utf-8")
    (labels / "a.jsonl").write_text(json.dumps(label), encoding="utf-8")
    return written, labels


def _lie_in(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(freezing, "list_path", lambda name: folder / f"{name}.jsonl")


def _ids(messages: Sequence[Listed]) -> list[str]:
    return [one.id for one in messages]


def test_each_writer_is_in_both_lists_in_the_same_part_and_always_the_same_way() -> None:
    lists = dealt(_written(), daily=40)
    assert (len(lists["daily"]), len(lists["frozen"])) == (40, 140)
    assert set(Counter(one.id[:2] for one in lists["daily"]).values()) == {6, 7}
    assert {name: _ids(own) for name, own in dealt(_written()[::-1], daily=40).items()} == {
        name: _ids(own) for name, own in lists.items()}


def test_a_message_gets_its_label(tmp_path: Path) -> None:
    (one,) = merged(*_folders(tmp_path, {"id": "w1-001", "scope": "in", "needs": [NEED]}))
    assert (one.group, one.scope, one.needs[0].place, one.needs[0].sheets) == ("jeunes", "in", "Caen", ("metiers/coiffeur",))


@pytest.mark.parametrize(("label", "fault"), [
    ({"id": "w1-002", "scope": "in", "needs": []}, "1 messages sans étiquette : w1-001"),
    ({"id": "w1-001", "scope": "in", "needs": [{**NEED, "sheets": ["metiers/licorne"]}]}, "fiche inconnue « metiers/licorne »"),
    ({"id": "w1-001", "scope": "out", "needs": [NEED]}, "ne vont pas ensemble"),
])
def test_a_label_that_cannot_be_is_refused(tmp_path: Path, label: dict[str, object], fault: str) -> None:
    with pytest.raises(NotFrozen, match=fault):
        merged(*_folders(tmp_path, label))


def test_what_shares_too_much_is_left_out() -> None:
    messages = [replace(MESSAGE, id="w1-001", message=LONG), replace(MESSAGE, id="w2-001", message=f"bonjour {LONG}"),
                replace(MESSAGE, id="w3-001", message="où passer le permis"), replace(MESSAGE, id="w3-002", message="la vae ?")]
    assert _ids(without_shared(messages, {})) == ["w3-001", "w3-002"]
    assert _ids(without_shared(messages[:1], {"nlu": LONG})) == []


def test_a_frozen_text_never_changes_and_a_label_only_where_a_sheet_was_missing(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _lie_in(monkeypatch, tmp_path)
    kept = [replace(MESSAGE, needs=(HAIR, MISSING))]
    freeze({"frozen": kept, "daily": []})
    assert text_digest(read_list(tmp_path / "frozen.jsonl")) == text_digest(kept)
    appeared = [replace(MESSAGE, needs=(HAIR, LICENCE))]
    assert changes(kept, appeared) == [] and changes(appeared, kept) == ["w1-001"]
    with pytest.raises(NotFrozen, match="w1-001"):
        freeze({"frozen": [replace(MESSAGE, message="autre")], "daily": []})
    assert labelled_again(appeared)["frozen"] == appeared


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written, labels = _folders(tmp_path, {"id": "w1-002", "scope": "in", "needs": []})
    assert main([str(written), str(labels)]) == 1 and "sans étiquette" in capsys.readouterr().err


def test_messages_out_of_scope_are_added_behind_and_nothing_before_them_changes(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _lie_in(monkeypatch, tmp_path)
    freeze({"frozen": [replace(MESSAGE, needs=(HAIR, MISSING))], "daily": [replace(MESSAGE, id="w2-001", message=LONG)]})
    before = (tmp_path / "frozen.jsonl").read_text("utf-8")
    said = {"voice": "mère", "channel": "sms", "kind": "hors_champ", "good_answer": "Dire que ce n'est pas ici."}
    more = [{"id": "x-1", "message": "quel temps fera-t-il dimanche à Dieppe", **said}, {"id": "x-2", "message": LONG, **said}]
    (tmp_path / "more.jsonl").write_text("\n".join(map(json.dumps, more)), encoding="utf-8")
    assert main(["--out-of-scope", str(tmp_path / "more.jsonl")]) == 0
    assert "1 messages écartés ; frozen : 2, dont 1 nouveaux" in capsys.readouterr().out
    assert (tmp_path / "frozen.jsonl").read_text("utf-8").startswith(before)
    added = read_list(tmp_path / "frozen.jsonl")[1]
    assert (added.id, added.scope, added.needs, added.channel) == ("x-1", "out", (), "sms")
    assert main(["--out-of-scope", str(tmp_path / "more.jsonl")]) == 1 and "x-1" in capsys.readouterr().err
