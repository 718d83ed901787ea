"""`make panel FILE=…`: plays messages, writes a page to read and judge, keeps the verdicts; or turns verdicts into figures.

    python -m evaluation.panel FILE [--channel web|sms|phone] [--url URL]     # plays, then serves the page on the loopback
    python -m evaluation.panel FILE --batch OUT.jsonl                         # plays, for a reader without a browser
    python -m evaluation.panel --played OUT.jsonl                             # serves the page of what was played before
    python -m evaluation.panel --played OUT.jsonl --verdicts A.jsonl B.jsonl --name young-1     # figures into docs/panels/
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from clock import in_paris, now
from evaluation.exchange import CHANNELS, Exchange, Talk, read_exchanges, write_exchanges
from evaluation.panel.messages import read_talks
from evaluation.panel.page import write_page
from evaluation.panel.report import keep_panel, shown
from evaluation.panel.server import panel_server
from evaluation.panel.verdicts import VERDICTS, panel_figures, read_verdicts
from evaluation.playing import Helpline, own_helpline, play
from parcours.paths import ROOT

KEPT = ROOT / ".state" / "panels"


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point; 2 when asked for something that makes no sense."""
    options = _arguments(argv)
    try:
        exchanges = read_exchanges(options.played) if options.played else _play(options)
        if options.verdicts:
            _keep_figures(options, exchanges)
        elif options.batch:
            write_exchanges(options.batch, exchanges)
            print(f"{len(exchanges)} échanges : {options.batch}")
        else:
            _serve(options, exchanges)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _play(options: argparse.Namespace) -> list[Exchange]:
    if options.file is None:
        raise ValueError("Donnez un fichier de messages, ou --played.")
    talks = read_talks(options.file, options.channel, conversation=options.conversation)
    with _helpline(options.url, talks) as helpline:
        print(f"{len(talks)} conversations sur {helpline.url}")
        return play(helpline, talks, print)


@contextmanager
def _helpline(url: str | None, talks: Sequence[Talk]) -> Iterator[Helpline]:
    if url is not None:
        yield Helpline(url.rstrip("/"))
        return
    print("Démarrage du service…")
    with own_helpline(telephone=any(talk.channel != "web" for talk in talks)) as helpline:
        yield helpline


def _keep_figures(options: argparse.Namespace, exchanges: list[Exchange]) -> None:
    if not options.played or not options.name:
        raise ValueError("Les chiffres demandent --played et --name.")
    figures = panel_figures(exchanges, [read_verdicts(path) for path in options.verdicts])
    print("\n".join(f"{name:8} {shown(figures['in_scope'][name])}" for name in VERDICTS))
    if "agreement" in figures:
        print(f"d'accord {shown(figures['agreement'])} ; pas d'accord : {json.dumps(figures['agreement']['apart'])}")
    print(keep_panel(options.name, options.date, figures).relative_to(ROOT))


def _serve(options: argparse.Namespace, exchanges: list[Exchange]) -> None:
    source = options.played or options.file
    page = options.out or KEPT / f"{source.stem if options.played else f'{source.stem}-{options.channel}'}.html"
    verdicts = page.with_suffix(".verdicts.jsonl")
    write_page(page, source.stem, exchanges)
    if not options.played:
        write_exchanges(page.with_suffix(".jsonl"), exchanges)
    print(f"Page : {page}\nÉchanges : {page.with_suffix('.jsonl')}\nVerdicts : {verdicts}")
    if options.write_only:
        return
    server = panel_server(page, verdicts, options.port)
    print(f"À lire et à juger : http://127.0.0.1:{server.server_address[1]}/   (Ctrl-C arrête)", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation.panel", description="Joue des messages et les donne à juger.")
    parser.add_argument("file", type=Path, nargs="?",
                        help="messages : texte (un par ligne, ou conversations séparées par une ligne vide), .jsonl, .tsv")
    parser.add_argument("--channel", choices=CHANNELS, default="web", help="canal des messages qui n'en nomment pas (web)")
    parser.add_argument("--conversation", action="store_true", help="le seul bloc de lignes est une conversation")
    parser.add_argument("--url", help="joue sur un service qui tourne déjà (chat seulement)")
    parser.add_argument("--out", type=Path, help="la page (.state/panels/ par défaut) ; échanges et verdicts sont à côté")
    parser.add_argument("--write-only", action="store_true", help="écrit la page sans la servir")
    parser.add_argument("--port", type=int, default=0, help="port de la page (libre par défaut)")
    parser.add_argument("--batch", type=Path, help="écrit les échanges en JSON, sans page")
    parser.add_argument("--played", type=Path, help="échanges déjà joués, au lieu de jouer")
    parser.add_argument("--verdicts", type=Path, nargs="+", help="verdicts, un fichier par lecteur : calcule les chiffres")
    parser.add_argument("--name", help="nom du panel dans docs/panels/")
    parser.add_argument("--date", default=in_paris(now()).date().isoformat(), help="date du panel")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
