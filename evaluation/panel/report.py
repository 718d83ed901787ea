"""Keeps the figures of each panel in docs/panels/: one JSON file a panel, one table of all of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evaluation.panel.verdicts import VERDICTS
from parcours.paths import ROOT

FOLDER = ROOT / "docs" / "panels"
_HEAD = """# Panels: replies read by strict eyes

Messages that nobody who builds has seen, played through the whole chain (`make panel FILE=…`), judged one by one.
RIGHT: that person would be satisfied; PARTIAL: on the subject, but what was asked is missing or buried; WRONG: answers
something else; LOST: not understood, refused, a quiz, a question already answered; HARM: a false fact, or a text of
distress without reason. Shares in scope, with their 95 % interval (Wilson); with several readers each counts for its
part. The files beside hold the figures by group, kind and channel.

"""


def keep_panel(name: str, date: str, figures: dict[str, Any], folder: Path = FOLDER) -> Path:
    """Writes the figures of one panel, then the table again; gives the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"name": name, "date": date, **figures}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(_HEAD + _table(folder), encoding="utf-8")
    return path


def _table(folder: Path) -> str:
    panels = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    rows = [_row(panel) for panel in sorted(panels, key=lambda panel: (panel["date"], panel["name"]))]
    columns = ["panel", "date", "judged", "readers", "agree", *VERDICTS]
    return "\n".join(["| " + " | ".join(columns) + " |", "|---" * len(columns) + "|", *rows]) + "\n"


def _row(panel: dict[str, Any]) -> str:
    agreement = panel.get("agreement", {}).get("share")
    agreed = "–" if agreement is None else f"{100 * agreement:.0f} %"
    shares = [shown(panel["in_scope"][verdict]) for verdict in VERDICTS]
    return "| " + " | ".join([panel["name"], panel["date"], str(panel["judged"]), str(panel["readers"]), agreed, *shares]) + " |"


def shown(share: dict[str, Any]) -> str:
    """« 45 % [36–54] », or « – » when nothing was counted."""
    if share["share"] is None:
        return "–"
    low, high = share["interval"]
    return f"{100 * share['share']:.0f} % [{100 * low:.0f}–{100 * high:.0f}]"
