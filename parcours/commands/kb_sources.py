"""`parcours kb refresh` and `parcours kb sources`: keeping the published data fresh."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

import clock
from channels.settings import Settings
from knowledge_base.places.shipped import load_tables
from knowledge_base.places.store import SOURCES
from knowledge_base.serving import build_current_index
from knowledge_base.sources.catalogue import Declared, catalogue
from knowledge_base.sources.loading import Limits
from knowledge_base.sources.outcome import Outcome
from knowledge_base.sources.refreshing import Refresh
from parcours.commands.kb import EXISTING, kb, knowledge_engine, progress_bar
from parcours.errors import CommandFailed
from parcours.paths import CONTENT


def _known(_context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [name for name in names if name not in catalogue()]
    if unknown:
        raise click.BadParameter(f"source inconnue : {', '.join(unknown)} (connues : {', '.join(catalogue())})")
    return names


@kb.command()
@click.argument("sources", nargs=-1, callback=_known)
@click.option("--from", "folder", type=EXISTING, help="Lit un dossier au lieu du réseau.")
@click.option("--all", "everything", is_flag=True, help="Toutes les sources, même celles qui ne sont pas dues.")
@click.option("--accept-shrink", multiple=True, callback=_known, metavar="SOURCE",
              help="Accepte que cette source perde plus d’un cinquième de ses faits.")  # fmt: skip
def refresh(sources: tuple[str, ...], folder: Path | None, everything: bool, accept_shrink: tuple[str, ...]) -> None:
    """Met à jour les données publiées : ce qui est dû, ce qui est nommé, ou tout ; garde les dernières bonnes données."""
    with knowledge_engine() as engine, progress_bar("Données publiées") as progress:
        with engine.begin() as connection:
            load_tables(connection, CONTENT)
        work = Refresh(engine, limits=Limits(frozenset(accept_shrink)), progress=progress, say=_say)
        result = work.from_folder(folder, sources) if folder else work.from_network(sources, everything=everything)
        for name in result.unknown:
            click.echo(name)
        if result.touched:
            build_current_index(engine, Settings().state_dir)
    if result.failed:
        raise CommandFailed("sources en échec, dernières bonnes données gardées : "
                            + ", ".join(outcome.source for outcome in result.failed))  # fmt: skip


def _say(outcome: Outcome) -> None:
    click.echo(outcome.line(), err=outcome.failed)
    for line in outcome.report.details() if outcome.report is not None else []:
        click.echo(f"  {line}", err=True)


@kb.command(name="sources")
def list_sources() -> None:
    """Chaque source : chargée quand, de quelle date, combien de faits, due quand, sous quelle licence."""
    with knowledge_engine() as engine, engine.connect() as connection:
        held = {row["id"]: row for row in connection.execute(select(SOURCES)).mappings()}
    for declared in catalogue().values():
        click.echo(_line(declared, held.get(declared.id)))


def _line(declared: Declared, row: Any) -> str:
    loaded = f"chargée le {row['loaded_at']:%d/%m/%Y}, {row['facts']} faits" if row and row["loaded_at"] else "jamais chargée"
    dated = f"données du {_day(row['dated'])}" if row and row["dated"] else "sans date"
    parts = [declared.id, declared.title, loaded, dated, _due(declared, row), declared.licence]
    if row and row["failure"]:
        parts.append(f"ÉCHEC : {row['failure']}")
    return " | ".join(parts)


def _due(declared: Declared, row: Any) -> str:
    if not declared.url:
        return "se lit d’un dossier"
    tried = "" if declared.tried else ", adresse jamais essayée"
    checked = row["checked_at"] if row else None
    if checked is None:
        return f"due{tried}"
    checked = checked if checked.tzinfo else checked.replace(tzinfo=UTC)
    due = checked + timedelta(days=declared.every)
    return (f"due le {due:%d/%m/%Y}" if due > clock.now() else "due") + tried


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
