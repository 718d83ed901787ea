"""Prints the scoreboard, compares it with the last one, and keeps it with `--write`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from knowledge_base.evaluation.families import Score, acronyms, name_families, places
from knowledge_base.evaluation.unseen import unseen_names
from knowledge_base.facade import KnowledgeBase
from knowledge_base.importers import IMPORTERS
from knowledge_base.settings import KnowledgeSettings

# Figures only, kept with the project so that a change for the worse shows.
LAST = Path(__file__).parents[2] / "docs" / "search" / "scores.json"
SEED = 20261124
# Importer → where its file lies in a folder of published files.
SOURCES = {
    "rome": "rome-v*",
    "certifinfo": "diplomes/certif_info*.csv",
    "communes": "territoire/*hexasmal*.csv",
    "epci": "territoire/epci*.json",
}
LISTED_FAILURES = 15
# A family that loses more than this is a step back: the command then fails.
TOLERATED_DROP = 0.005


def scoreboard(kb: KnowledgeBase, count: int) -> list[Score]:
    """All families; those that need imported names are left out when there are none."""
    scores = [acronyms(kb), places(kb, count, SEED)]
    scores += name_families(kb, count, SEED)
    if scores[-1].asked:
        scores += unseen_names(kb, SEED)
    return scores


def show(scores: list[Score], last: dict[str, dict[str, float]], failures: int) -> None:
    """The figures beside the last ones, then the first failures of each family."""
    print(f"{'family':22} {'asked':>6} {'first':>7} {'five':>7}   change of first")
    for score in scores:
        figures = score.figures()
        before = last.get(score.family, {}).get("first")
        change = f"{100 * (figures['first'] - before):+.1f}" if before is not None else "new"
        print(f"{score.family:22} {figures['asked']:6} {figures['first']:7.1%} {figures['five']:7.1%}   {change}")
    for score in scores:
        for code, typed in score.failures[:failures]:
            print(f"  {score.family}: {code} <- {typed}")


def drops(scores: list[Score], last: dict[str, dict[str, float]]) -> list[str]:
    """The families that do worse than the kept figures, first place or among five."""
    worse = []
    for score in scores:
        figures, before = score.figures(), last.get(score.family, {})
        for name in ("first", "five"):
            if before.get(name, 0.0) - figures[name] > TOLERATED_DROP:
                worse.append(f"{score.family}, {name}: {before[name]:.1%} -> {figures[name]:.1%}")
    return worse


def main() -> int:
    """Command line of `make eval-search`; 1 when a family does worse than the kept figures."""
    parser = argparse.ArgumentParser(description="Scoreboard of the search")
    parser.add_argument("--open-data", type=Path, help="folder of published files, imported into a base of its own")
    parser.add_argument("--count", type=int, default=1000, help="questions per family")
    parser.add_argument("--failures", type=int, default=LISTED_FAILURES, help="failures listed per family")
    parser.add_argument("--write", action="store_true", help="keep these figures as the last ones")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kb = _open(options.open_data, Path(folder))
        started = time.perf_counter()
        scores = scoreboard(kb, options.count)
        last = json.loads(LAST.read_text(encoding="utf-8")) if LAST.exists() else {}
        show(scores, last, options.failures)
        print(f"{time.perf_counter() - started:.0f} s")
        kb.close()
    worse = drops(scores, last)
    for line in worse:
        print(f"worse than the kept figures: {line}")
    if options.write:
        figures = {score.family: score.figures() for score in scores}
        LAST.parent.mkdir(parents=True, exist_ok=True)
        LAST.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        return 0
    return 1 if worse else 0


def _open(open_data: Path | None, folder: Path) -> KnowledgeBase:
    if open_data is None:
        settings = KnowledgeSettings()
        return KnowledgeBase.open(settings.knowledge_url, settings.state_dir)
    kb = KnowledgeBase.open(f"sqlite:///{folder / 'knowledge.sqlite3'}", folder)
    for name, pattern in SOURCES.items():
        for path in sorted(open_data.glob(pattern))[:1]:
            IMPORTERS[name](kb.engine, path, None)
    kb.refresh_if_changed()
    return kb


if __name__ == "__main__":
    sys.exit(main())
