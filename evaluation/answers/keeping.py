"""Keeps the figures in docs/evaluation/: one JSON file a list with its history, one page to read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.answers.figures import LABELS
from evaluation.answers.listed import LISTS, Listed, label_digest, text_digest
from evaluation.panel.report import shown
from parcours.paths import ROOT

FOLDER = ROOT / "docs" / "evaluation"
_PARTS = {"by_group": "voice", "by_channel": "channel of the message", "by_kind": "kind"}


class OtherList(ValueError):
    """The kept figures are of other texts: a frozen list has changed."""


def kept_figures(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """What is kept of a list: `{list, texts, runs, hits?}`; no runs when nothing is."""
    path = folder / f"{name}.json"
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"list": name, "runs": []}
    for run in kept["runs"]:
        run.setdefault("messages", kept["messages"])
    return kept


def keep_run(name: str, messages: Sequence[Listed], run: Mapping[str, Any], hits: Mapping[str, Sequence[str]] | None = None,
             folder: Path = FOLDER) -> Path:
    """Adds a run to the history of its list and writes the page again.

    Raises:
        OtherList: the texts are not those of the history, to which messages out of scope may have been added behind.
    """
    kept = kept_figures(name, folder)
    if kept["runs"] and kept["texts"] not in (text_digest(messages), text_digest(messages[: kept["messages"]])):
        raise OtherList(f"docs/evaluation/{name}.json parle d'autres textes : une liste figée ne change pas.")
    kept |= {"texts": text_digest(messages), "messages": len(messages)}
    kept["runs"].append({"labels": label_digest(messages), "messages": len(messages), **run})
    if hits is not None:
        kept["hits"] = hits
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(_page(folder), encoding="utf-8")
    return path


_HEAD = """# What people get: the two lists of messages

Messages written blind from a life by people who knew only what the helpline is for, labelled by others who saw only the
titles of the sheets (`evaluation/lists/`). Texts are frozen. Each is played as the first message of a conversation on its own
channel (all of them in the web chat until 30 November 2026). By SMS and on the phone, which show no cards, the sheets and the
choices of an answer are those that the helpline wrote down with it, whatever part of it the first SMS or sentence holds.
Shares with their 95 % interval (Wilson); « – » is what this version, or this channel, cannot tell. `frozen` is run at the end
of an issue, its messages unread by those who build; `daily` is for daily work, and a drop against its last kept figures fails
the tests.

- right sheet first, in three: of the messages in scope that some sheet answers;
- needs found: of all needs that some sheet answers, those whose sheet is shown among the first three a need, or named;
- needs understood: of the same needs, those that the ranking finds in the text, whatever is then shown; point understood: of
  those, the ones whose point is among the points found;
- answered precision: of the messages answered with sheets (in scope with a known sheet, or out of scope), those that begin
  with a right one;
- wrongly refused, wrongly asked: no right sheet, and « not understood », or a question back;
- out of scope refused: no sheet shown and nobody called; person within reach: of those who ask for a person;
- text of distress: of all messages, those that got the fixed text with the numbers.
"""


def _page(folder: Path) -> str:
    kept = [kept_figures(name, folder) for name in LISTS]
    return _HEAD + "".join(_list_part(one) for one in kept if one["runs"])


def _list_part(kept: Mapping[str, Any]) -> str:
    runs, last = kept["runs"], kept["runs"][-1]
    history = [[run["date"], run["note"], str(run["messages"]), *_cells(run["all"])] for run in runs]
    title = f"\n## `{kept['list']}`: {kept['messages']} messages, digest {kept['texts']}\n"
    parts = [title, _table(["date", "what", "messages", *LABELS.values()], history)]
    for part, name in _PARTS.items():
        rows = [[value, *_cells(shares)] for value, shares in last[part].items()]
        parts.append(f"\nLast run, by {name}:\n\n" + _table([name, *LABELS.values()], rows))
    return "\n".join(parts)


def _cells(shares: Mapping[str, Any]) -> list[str]:
    return [shown(shares[name]) if name in shares else "–" for name in LABELS]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|", *("| " + " | ".join(row) + " |" for row in rows)]
    return "\n".join(lines) + "\n"
