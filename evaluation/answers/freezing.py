"""Makes the lists from what writers wrote and labellers labelled, once: `python -m evaluation.answers.freezing WRITTEN LABELS`.

WRITTEN holds one file a writer (`w1.jsonl`…), LABELS any number of files of `{id, scope, needs}`. Each writer's messages are
shuffled and dealt to the two lists in the same part. What shares too much with the training data, or with the other list, is
left out. Once a list exists its texts are frozen: a label may only change where a sheet was missing, and messages out of scope,
which no sheet will ever answer, may be added behind the others: `… --out-of-scope FILE` (all the writer's, unread).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evaluation.answers.listed import LISTS, Listed, list_path, listed_of, read_list
from evaluation.answers.references import Sheets
from evaluation.overlap import shared, training_messages
from parcours.paths import ROOT

SEED, DAILY = 20261130, 200
# Whom each writer wrote for.
GROUPS = {"w1": "jeunes", "w2": "jeunes", "w3": "adultes", "w4": "adultes", "w5": "parents et professionnels",
          "w6": "tous, un lieu"}
EVERYBODY = "tous"
_NEEDS = {"in": {True}, "out": {False}, "person": {True, False}}  # by scope, whether a message has needs
Fields = dict[str, Any]


class NotFrozen(ValueError):
    """Why the lists cannot be made; in French, an id each, never a text."""


def merged(written: Path, labels: Path) -> list[Listed]:
    """Every message with its label.

    Raises:
        NotFrozen: a message without label, a label without message, an unknown sheet or point.
    """
    known = {fields["id"]: fields for path in sorted(labels.glob("*.jsonl")) for fields in _lines(path)}
    messages = [{**fields, "group": GROUPS[path.stem]} for path in sorted(written.glob("w*.jsonl")) for fields in _lines(path)]
    ids = {fields["id"] for fields in messages}
    if missing := sorted(ids - set(known)):
        raise NotFrozen(f"{len(missing)} messages sans étiquette : {', '.join(missing[:20])}")
    labelled = [listed_of({**fields, "scope": known[fields["id"]]["scope"], "needs": known[fields["id"]]["needs"]})
                for fields in messages]
    if faults := list(_faults(labelled)):
        raise NotFrozen("\n".join(faults))
    return labelled


def _lines(path: Path) -> list[Fields]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _faults(messages: Sequence[Listed]) -> Iterator[str]:
    sheets = Sheets.shipped()
    for one in messages:
        unknown = [name for need in one.needs for name in need.sheets if not sheets.knows(name)]
        yield from (f"{one.id} : fiche inconnue « {name} »" for name in unknown)
        if one.scope not in _NEEDS or bool(one.needs) not in _NEEDS[one.scope]:
            yield f"{one.id} : « scope » et « needs » ne vont pas ensemble"


def dealt(messages: Sequence[Listed], daily: int = DAILY) -> dict[str, list[Listed]]:
    """The two lists, each writer in both in the same part; the order tells nothing."""
    dice = random.Random(SEED)  # noqa: S311 - a draw, not a secret
    writers: dict[str, list[Listed]] = {}
    for one in sorted(messages, key=lambda one: one.id):
        writers.setdefault(one.id.split("-")[0], []).append(one)
    lists: dict[str, list[Listed]] = {name: [] for name in LISTS}
    for number, own in enumerate(writers.values()):
        dice.shuffle(own)
        part = daily * (number + 1) // len(writers) - daily * number // len(writers)
        lists["daily"] += own[:part]
        lists["frozen"] += own[part:]
    for own in lists.values():
        dice.shuffle(own)
    return lists


def without_shared(messages: Sequence[Listed], learnt: dict[str, str]) -> list[Listed]:
    """Without the messages that share too much with what is learnt from, or with another writer's (then both stay out)."""
    texts = {one.id: one.message for one in messages}
    out = {name for name, _ in shared(texts, learnt)}
    out |= {name for name, other in shared(texts, texts) if name.split("-")[0] != other.split("-")[0]}
    return [one for one in messages if one.id not in out]


def labelled_again(messages: Sequence[Listed]) -> dict[str, list[Listed]]:
    """The lists that exist, with the labels of now; nothing when there is none yet."""
    now = {one.id: one for one in messages}
    existing = [name for name in LISTS if list_path(name).exists()]
    return {name: [now.get(one.id, one) for one in read_list(list_path(name))] for name in existing}


def with_out_of_scope(name: str, file: Path, learnt: dict[str, str]) -> list[Listed]:
    """The list as it is, then one writer's messages out of scope; without those that share too much with what is learnt from
    or with the lists.

    Raises:
        NotFrozen: one of the ids is taken.
    """
    lists = {one: read_list(list_path(one)) for one in LISTS}
    kept = {one.id: one.message for own in lists.values() for one in own}
    more = [listed_of({**fields, "group": EVERYBODY, "scope": "out", "needs": []}) for fields in _lines(file)]
    if taken := sorted(one.id for one in more if one.id in kept):
        raise NotFrozen(f"déjà dans une liste : {', '.join(taken[:20])}")
    near = {one for one, _ in shared({one.id: one.message for one in more}, {**learnt, **kept})}
    return [*lists[name], *(one for one in more if one.id not in near)]


def freeze(lists: dict[str, list[Listed]]) -> None:
    """Writes the lists.

    Raises:
        NotFrozen: one is frozen already and a text, or the label of a need that had a sheet, would change.
    """
    for name, messages in lists.items():
        if list_path(name).exists() and (changed := changes(read_list(list_path(name)), messages)):
            raise NotFrozen(f"La liste « {name} » est figée ; changeraient : {', '.join(changed[:20])}")
    for name, messages in lists.items():
        _write(name, messages)


def _write(name: str, messages: Sequence[Listed]) -> None:
    lines = (json.dumps(asdict(one), ensure_ascii=False) for one in messages)
    list_path(name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def changes(kept: Sequence[Listed], new: Sequence[Listed]) -> list[str]:
    """The ids that may not change as they would: texts and order never, needs only where no sheet answered."""
    if [one.id for one in kept] != [one.id for one in new]:
        return ["l'ordre ou le nombre des messages"]
    return [old.id for old, one in zip(kept, new, strict=True) if not _may_become(old, one)]


def _may_become(old: Listed, new: Listed) -> bool:
    if (old.message, old.channel, old.scope, len(old.needs)) != (new.message, new.channel, new.scope, len(new.needs)):
        return False
    return all(not before.sheets or before == after for before, after in zip(old.needs, new.needs, strict=True))


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point; 1 when something is missing or frozen."""
    options = _arguments(argv)
    try:
        told = _more(options.out_of_scope) if options.out_of_scope else _frozen(options.written, options.labels)
    except NotFrozen as error:
        print(error, file=sys.stderr)
        return 1
    print(told)
    return 0


def _frozen(written: Path, labels: Path) -> str:
    messages = merged(written, labels)
    lists = labelled_again(messages) or dealt(without_shared(messages, training_messages(ROOT / "data")))
    freeze(lists)
    left_out = len(messages) - sum(map(len, lists.values()))
    return f"{left_out} messages écartés ; " + ", ".join(f"{name} : {len(own)}" for name, own in lists.items())


def _more(file: Path) -> str:
    before, longer = read_list(list_path(LISTS[0])), with_out_of_scope(LISTS[0], file, training_messages(ROOT / "data"))
    _write(LISTS[0], longer)
    added = len(longer) - len(before)
    return f"{len(_lines(file)) - added} messages écartés ; {LISTS[0]} : {len(longer)}, dont {added} nouveaux hors champ"


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Fige les listes de messages")
    parser.add_argument("written", type=Path, nargs="?", help="dossier des messages, un fichier par auteur")
    parser.add_argument("labels", type=Path, nargs="?", help="dossier des étiquettes")
    parser.add_argument("--out-of-scope", type=Path, metavar="FILE", help="ajoute à la liste figée ces messages hors champ")
    options = parser.parse_args(argv)
    if not options.out_of_scope and not (options.written and options.labels):
        parser.error("donnez WRITTEN et LABELS, ou --out-of-scope")
    return options


if __name__ == "__main__":
    sys.exit(main())
