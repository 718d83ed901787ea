"""`parcours kb …`: the agency's sheets, the published open data, and the search that the dialogue uses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine

from channels.settings import Settings
from knowledge_base.check import check_content
from knowledge_base.database import open_engine
from knowledge_base.errors import KnowledgeBaseError
from knowledge_base.facade import KnowledgeBase
from knowledge_base.importers import IMPORTERS
from knowledge_base.kinds import KINDS, LABELS
from knowledge_base.loader import load_folder
from knowledge_base.own_titles import imported_titles
from knowledge_base.report import Report
from knowledge_base.search.wishes import level_of, rhythm_of
from knowledge_base.serving import build_current_index
from parcours.errors import CommandFailed
from parcours.paths import CONTENT
from parcours.schemas import need_current


class Wish(click.ParamType):  # type: ignore[type-arg]
    """A level or a rhythm of a course as people name it."""

    name = "mot"

    def __init__(self, read: Callable[[str], Any]) -> None:
        self._read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """What the knowledge base filters by; wrong usage for another word."""
        found = self._read(str(value))
        if found is None:
            self.fail(f"« {value} » n'est pas compris ici.", param, ctx)
        return found


EXISTING = click.Path(exists=True, path_type=Path)


@click.group()
def kb() -> None:
    """La base de connaissances : fiches, données ouvertes, recherche."""


@contextmanager
def knowledge_engine() -> Iterator[Engine]:
    """The database; what the knowledge base refuses fails the command with its sentence."""
    settings = Settings()
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    need_current(settings)
    engine = open_engine(settings.knowledge_url)
    try:
        yield engine
    except KnowledgeBaseError as error:
        raise CommandFailed(str(error)) from error
    finally:
        engine.dispose()


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int], None]]:
    """A bar on stderr that is told how many records were read."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed} lus"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda read: bar.update(task, completed=read)


def _say(report: Report) -> None:
    click.echo(report.summary())
    for line in report.details():
        click.echo(f"  {line}", err=True)


@kb.command()
@click.argument("directory", type=EXISTING)
def load(directory: Path) -> None:
    """Charge les fiches de l'agence : dit ce qui est ajouté, modifié, retiré, refusé et pourquoi."""
    with knowledge_engine() as engine, progress_bar("Fiches") as progress:
        report = load_folder(engine, directory, progress=progress)
    _say(report)
    if report.rejected_count:
        raise CommandFailed(f"{report.rejected_count} fiche(s) refusée(s) ; les autres sont chargées.")


@kb.command()
@click.argument("directory", type=EXISTING, default=CONTENT)
def check(directory: Path) -> None:
    """Vérifie des fiches sans rien charger : schéma, liens, sources, dates, noms qui sont le titre d'un autre métier."""
    with knowledge_engine() as engine:
        titles = imported_titles(engine)
    result = check_content(directory, titles=titles)
    for problem in result.errors:
        click.echo(f"erreur : {problem}")
    for warning in result.warnings:
        click.echo(f"à voir : {warning}")
    click.echo(result.summary())
    if not result.ok:
        raise CommandFailed(f"{len(result.errors)} erreur(s) à corriger.")


@kb.command(name="import")
@click.argument("source", type=click.Choice(sorted(IMPORTERS)))
@click.argument("paths", type=EXISTING, nargs=-1, required=True)
def import_(source: str, paths: tuple[Path, ...]) -> None:
    """Importe des données ouvertes dans leur format publié (ROME, Onisep, Certif Info, RNCP, LHÉO, communes…)."""
    with knowledge_engine() as engine:
        for path in paths:
            with progress_bar(f"{source} : {path.name}") as progress:
                report = IMPORTERS[source](engine, path, progress)
            _say(report)
        # The running servers then open a ready index instead of each building one.
        build_current_index(engine, Settings().state_dir)


@kb.command()
@click.argument("text")
@click.option("--kind", type=click.Choice(KINDS), help="Un seul genre de fiche.")
@click.option("--near", help="Autour d'une commune, d'un code postal ou d'un département.")
@click.option("--radius-km", type=click.FloatRange(min=1), help="Rayon autour de ce lieu, en kilomètres.")
@click.option("--level", type=Wish(level_of), help="Niveau de la formation : 3 à 8, ou CAP, bac pro, BTS, licence, master…")
@click.option("--rhythm", type=Wish(rhythm_of), help="Rythme de la formation : initial, apprentissage, continue ou distance.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def search(text: str, kind: str | None, near: str | None, radius_km: float | None, level: int | None, rhythm: str | None,
           limit: int, as_json: bool) -> None:
    """Cherche comme le dialogue cherche."""
    settings = Settings()
    need_current(settings)
    try:
        base = KnowledgeBase.open(settings.knowledge_url, settings.state_dir, helpline_number=settings.helpline_number)
        page = base.search(text, kind=kind, near=near, radius_km=radius_km, level=level, rhythm=rhythm, limit=limit)
    except KnowledgeBaseError as error:
        raise CommandFailed(str(error)) from error
    if as_json:
        click.echo(json.dumps(asdict(page), ensure_ascii=False, default=str, indent=2))
        return
    if not page.results:
        click.echo("Aucune fiche trouvée.")
    for hit in page.results:
        distance = f" — {hit.distance_km:.0f} km" if hit.distance_km is not None else ""
        place = f" — {hit.place}" if hit.place else ""
        codes = f" [{', '.join(hit.rome)}]" if hit.rome else ""
        click.echo(f"{hit.score:.2f}  {LABELS[hit.kind]} : {hit.title}{codes}{place}{distance}  ({hit.why})")
