"""The page on which a panel is read and judged: one file that needs nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from evaluation.exchange import Exchange

_FOLDER = Path(__file__).parent / "page"
_VOICE = ("voice", "group", "kind", "scope")
CHANNELS = {"web": "chat", "sms": "SMS", "phone": "téléphone"}
VERDICTS = (
    ("RIGHT", "Juste", "cette personne serait satisfaite"),
    ("PARTIAL", "Partiel", "le bon sujet, mais ce qui est demandé manque ou se perd"),
    ("WRONG", "À côté", "répond à autre chose"),
    ("LOST", "Perdu", "pas compris, refus, quiz, question déjà répondue"),
    ("HARM", "Nuisible", "un fait faux, ou un texte de détresse sans raison"),
)


def write_page(path: Path, title: str, exchanges: Sequence[Exchange]) -> None:
    """Writes the page: style, script and exchanges are inside."""
    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True)
    script, style = ((_FOLDER / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    html = environment.get_template("page.html").render(
        title=title, talks=_talks(exchanges), count=len(exchanges), verdicts=VERDICTS, script=script, style=style,
        ids=json.dumps([exchange.id for exchange in exchanges]).replace("<", "\\u003c"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8")


def _talks(exchanges: Sequence[Exchange]) -> list[dict[str, Any]]:
    """The exchanges by conversation, in the order in which they were played."""
    by_talk: dict[str, list[Exchange]] = {}
    for exchange in exchanges:
        by_talk.setdefault(exchange.talk, []).append(exchange)
    return [{"id": name, "turns": [_turn(one) for one in turns], "of": len(turns)} for name, turns in by_talk.items()]


def _turn(exchange: Exchange) -> dict[str, Any]:
    known = [str(exchange.about[name]) for name in _VOICE if exchange.about.get(name)]
    return {**asdict(exchange), "channel": CHANNELS[exchange.channel], "known": known,
            "good": exchange.about.get("good_answer") or exchange.about.get("good") or "",
            "machine": _machine(exchange.understood), "milliseconds": round(1000 * exchange.seconds)}


def _machine(understood: dict[str, Any] | None) -> str:
    if not understood:
        return "–"
    told = dict(understood)
    sure = f" ({100 * told.pop('confidence'):.0f} %)" if isinstance(told.get("confidence"), float) else ""
    intent, clear = told.pop("intent", None), told.pop("understood", True)
    needs = [f"{need['sheet']} ({', '.join(need['points'])})" for need in told.pop("needs", None) or ()]
    others = [f"{name} {value}" for name, value in told.items()]
    return " · ".join([*([f"{intent}{sure}"] if intent else []), *needs, *others, *([] if clear else ["pas compris"])])
