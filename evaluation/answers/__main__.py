"""`make eval-answers`: plays the lists on a helpline of its own and prints the figures, never a message.

    python -m evaluation.answers [--list daily] [--keep "what changed"]     # --keep writes docs/evaluation/
    python -m evaluation.answers --list daily --batch OUT.jsonl              # the exchanges, to be read with evaluation.panel
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clock import in_paris, now
from evaluation.answers.figures import LABELS, Marked, drops, hits_of, list_figures
from evaluation.answers.keeping import OtherList, keep_run, kept_figures
from evaluation.answers.listed import LISTS, Listed, list_path, read_list
from evaluation.answers.marks import marks_of
from evaluation.answers.references import Sheets
from evaluation.exchange import Exchange, write_exchanges
from evaluation.intervals import Share
from evaluation.playing import Helpline, own_helpline, play_until_answered

COMPARED = "daily"  # the list whose messages may be looked at, and whose drop fails


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point; 1 when the list of every day got worse than its kept figures, 2 when asked for what makes no sense."""
    options = _arguments(argv)
    names = [options.list] if options.list else list(LISTS)
    if options.batch and names != [COMPARED]:
        print(f"Seuls les messages de « {COMPARED} » se lisent.", file=sys.stderr)
        return 2
    if absent := [name for name in names if not list_path(name).exists()]:
        print(f"Pas encore de liste : {', '.join(absent)}", file=sys.stderr)
        return 2
    with own_helpline(telephone=True) as helpline:
        worse = [_one_list(helpline, name, options) for name in names]
    return 1 if any(worse) else 0


def _one_list(helpline: Helpline, name: str, options: argparse.Namespace) -> bool:
    messages, started = read_list(list_path(name)), time.monotonic()
    print(f"{name} : {len(messages)} messages, chacun sur son canal")
    exchanges = play_until_answered(helpline, [one.talk() for one in messages], print)
    marked = marked_of(messages, exchanges)
    figures = list_figures(marked)
    print(f"{_told(figures['all'])}\n{time.monotonic() - started:.0f} s")
    if options.batch:
        write_exchanges(options.batch, exchanges)
    worse = drops(kept_figures(name).get("hits", {}), hits_of(marked)) if name == COMPARED else {}
    for mark, (lost, won) in worse.items():
        print(f"moins bien que les chiffres gardés : {LABELS[mark]} ({lost} perdus, {won} gagnés)")
    if options.keep is not None:
        return _kept(name, messages, marked, {"date": options.date, "note": options.keep, **figures})
    return bool(worse)


def _kept(name: str, messages: Sequence[Listed], marked: Marked, run: dict[str, Any]) -> bool:
    try:
        print(keep_run(name, messages, run, hits_of(marked) if name == COMPARED else None))
    except OtherList as error:
        print(error, file=sys.stderr)
        return True
    return False


def marked_of(messages: Sequence[Listed], exchanges: Sequence[Exchange]) -> list[tuple[Listed, Any]]:
    """Each message with its marks."""
    sheets = Sheets.shipped()
    return [(one, marks_of(one, exchange, sheets)) for one, exchange in zip(messages, exchanges, strict=True)]


def _told(shares: dict[str, Any]) -> str:
    return "\n".join(f"  {label:22} {Share(shares[name]['hits'], shares[name]['of'])}" for name, label in LABELS.items())


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation.answers", description="Joue les listes de messages et les note.")
    parser.add_argument("--list", choices=LISTS, help="une seule liste (les deux par défaut)")
    parser.add_argument("--keep", metavar="NOTE", help="garde les chiffres dans docs/evaluation/, avec ce qui a changé")
    parser.add_argument("--batch", type=Path, help=f"écrit les échanges en JSON (liste « {COMPARED} » seulement)")
    parser.add_argument("--date", default=in_paris(now()).date().isoformat(), help="date gardée avec les chiffres")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
