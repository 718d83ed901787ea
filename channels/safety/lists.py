"""What the net learns from: `data/distress/`, the training sentences, and the ordinary messages of `data/questions/`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from channels.safety.distress import Safety
from channels.safety.kinds import KINDS, of_told
from language.yml import read_yml

Said = tuple[str, str]
"""A message and its kind."""
# Families of the older lists, and the kinds of help that they stand for.
_KIND_OF = {
    "danger_immediat": "danger",
    "violence_sexuelle": "sexuel",
    "violences_sexuelles": "sexuel",
    "violence_foyer": "violence",
    "violence_maison": "violence",
    "fugue": "toit",
}
# Lists written as people write to a helpline (their lives, a question, what stands between its lines), and blind ones once used:
# few beside the lists that the patterns were tuned on, so each of their messages counts as several (chosen on a list left out).
_AS_WRITTEN, _COUNTS = ("between_lines", "lives", "blind", "kinds", "long", "writer"), 6.0
_DISTRESS, _NEITHER = "detresse", "contrat_probleme"  # act and theme; violence at work is filed under the second
_LABEL = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Lists:
    """Messages by list (one writer, one round). `ordinary`: messages of people who are not in distress."""

    distress: Mapping[str, list[Said]]
    harmless: Mapping[str, list[str]]
    ordinary: Mapping[str, list[str]]


def read_lists(data: Path, patterns: Safety) -> Lists:
    """All lists of a `data` folder."""
    distress = {name: [_said(entry, patterns) for entry in entries] for name, entries in _files(data, "distress_")}
    harmless = {name: [str(entry["text"]) for entry in entries] for name, entries in _files(data, "false_friends_")}
    sentences = list(_sentences(data / "acts"))
    distress["sentences"] = [_said({"text": text}, patterns) for intent, text in sentences if intent == _DISTRESS]
    ordinary = {"sentences": [text for intent, text in sentences if intent not in {_DISTRESS, _NEITHER}]}
    return Lists(distress, harmless, ordinary | dict(_questions(data / "questions")))


def weight_of(name: str) -> float:
    """How much a message of this list counts when the net learns."""
    return _COUNTS if name.startswith(_AS_WRITTEN) else 1.0


def _files(data: Path, prefix: str) -> Iterator[tuple[str, list[Mapping[str, str]]]]:
    for path in sorted((data / "distress").glob(f"{prefix}*.yml")):
        yield path.stem.removeprefix(prefix), read_yml(path.read_text("utf-8"))


def _said(entry: Mapping[str, str], patterns: Safety) -> Said:
    family = str(entry.get("family") or "")
    kind = _KIND_OF.get(family, family)
    if kind not in KINDS:
        told = patterns.read(str(entry["text"]))
        kind = next(iter(of_told(told, told.findings)), "suicide")
    return str(entry["text"]), kind


def _sentences(folder: Path) -> Iterator[Said]:
    for path in sorted(folder.glob("*.yml")):
        for block in read_yml(path.read_text("utf-8")).get("nlu") or []:
            name = str((block.get("metadata") or {}).get("theme") or block.get("intent"))
            for line in str(block.get("examples") or "").splitlines() if "intent" in block else ():
                if line.strip().startswith("- "):
                    yield name, _LABEL.sub(r"\1", line.strip()[2:])


def _questions(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """By writer; what somebody in distress wrote is not ordinary."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            entry = json.loads(line)
            writer = entry.get("writer") or str(entry.get("id", "?"))[:1]
            if not entry.get("distress"):
                found.setdefault(f"writer {writer}", []).append(str(entry["message"]))
    yield from found.items()
