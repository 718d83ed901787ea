"""What readers judged, and the figures of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.exchange import Exchange
from evaluation.intervals import Share

VERDICTS = ("RIGHT", "PARTIAL", "WRONG", "LOST", "HARM")
OUT_OF_SCOPE = "out"
Judged = Mapping[str, Mapping[str, str]]


def read_verdicts(path: Path) -> dict[str, dict[str, str]]:
    """Verdict and note by turn, as one reader gave them.

    Raises:
        ValueError: a line without id, or a verdict that is none, in French, with its number.
    """
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        entry = json.loads(line)
        verdict = str(entry.get("verdict") or "").upper()
        if "id" not in entry or verdict not in {*VERDICTS, ""}:
            raise ValueError(f"{path.name}, ligne {number} : « id » et « verdict » ({', '.join(VERDICTS)}) sont attendus")
        found[str(entry["id"])] = {"verdict": verdict, "note": str(entry.get("note") or "")}
    return found


def write_verdicts(path: Path, verdicts: Judged) -> None:
    """One JSON line a turn; written beside, then renamed, so that a reader who stops loses nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    lines = (json.dumps({"id": name, **given}, ensure_ascii=False) for name, given in verdicts.items())
    beside.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    beside.replace(path)


def panel_figures(exchanges: Sequence[Exchange], readers: Sequence[Judged]) -> dict[str, Any]:
    """Shares of each verdict: all, in scope, by group, kind and channel. With several readers a turn counts a part for each.

    A turn that a reader has not judged does not count for that reader; one that nobody judged is only counted as such.
    """
    judged = [exchange for exchange in exchanges if _given(exchange, readers)]
    figures: dict[str, Any] = {
        "turns": len(exchanges), "judged": len(judged), "readers": len(readers), "all": _shares(judged, readers),
        "in_scope": _shares([one for one in judged if one.about.get("scope", "in") != OUT_OF_SCOPE], readers),
        "seconds": _seconds(exchanges),
    }
    for name, of in _PARTS.items():
        figures[name] = {part: _shares([one for one in judged if of(one) == part], readers) for part in _values(judged, of)}
    if len(readers) > 1:
        figures["agreement"] = _agreement(judged, readers)
    return figures


_PARTS: dict[str, Callable[[Exchange], str]] = {
    "by_group": lambda one: str(one.about.get("group") or ""),
    "by_kind": lambda one: str(one.about.get("kind") or ""),
    "by_channel": lambda one: one.channel,
}


def _values(exchanges: Sequence[Exchange], of: Callable[[Exchange], str]) -> list[str]:
    return sorted({of(one) for one in exchanges} - {""})


def _given(exchange: Exchange, readers: Sequence[Judged]) -> list[str]:
    return [verdict for reader in readers if (verdict := reader.get(exchange.id, {}).get("verdict"))]


def _shares(exchanges: Sequence[Exchange], readers: Sequence[Judged]) -> dict[str, Any]:
    hits = dict.fromkeys(VERDICTS, 0.0)
    for exchange in exchanges:
        given = _given(exchange, readers)
        for verdict in given:
            hits[verdict] += 1 / len(given)
    return {name: Share(round(value, 2), len(exchanges)).figures() for name, value in hits.items()}


def _agreement(judged: Sequence[Exchange], readers: Sequence[Judged]) -> dict[str, Any]:
    both = [one for one in judged if len(_given(one, readers)) > 1]
    apart = [one for one in both if len(set(_given(one, readers))) > 1]
    return {**Share(len(both) - len(apart), len(both)).figures(), "apart": {one.id: _given(one, readers) for one in apart}}


def _seconds(exchanges: Sequence[Exchange]) -> dict[str, float | None]:
    times = sorted(exchange.seconds for exchange in exchanges)
    return {"median": times[len(times) // 2] if times else None, "longest": times[-1] if times else None}
