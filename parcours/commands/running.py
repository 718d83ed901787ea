"""`parcours run` and `parcours train`."""

from __future__ import annotations

import asyncio

import click

from channels.settings import Settings
from parcours import databases, schemas
from parcours.errors import CommandFailed
from parcours.launcher import serve
from parcours.listening import check_ports
from parcours.paths import ENGINE_PYTHON
from parcours.training import ensure_model, ensure_ranking
from parcours.training import train as train_model


@click.command()
def run() -> None:
    """Démarre tout : bases, contenus, modèle, moteur, actions, passerelle. Ctrl-C arrête tout."""
    settings = Settings()
    _require_engine()
    check_ports(settings)
    _upgrade(settings)
    databases.load_shipped_content(settings)
    ensure_ranking(settings.state_dir)
    asyncio.run(serve(settings, ensure_model(settings.state_dir)))


def _upgrade(settings: Settings) -> None:
    if schemas.need_upgraded_by_hand(settings):
        raise CommandFailed("La base PostgreSQL est d'une version plus ancienne, et d'autres passerelles s'en servent peut-être. "
                            "Lancez « parcours db upgrade » (qui la sauvegarde d'abord), puis « parcours run ».")
    saved = schemas.upgrade(settings)
    if saved is not None:
        click.echo(f"Bases mises à jour ; sauvegarde d'avant : {saved}")


@click.command()
def train() -> None:
    """Entraîne le modèle de dialogue ; refuse des données invalides en nommant le fichier et la ligne."""
    _require_engine()
    settings = Settings()
    ensure_ranking(settings.state_dir)
    click.echo(str(train_model(settings.state_dir)))


def _require_engine() -> None:
    if not ENGINE_PYTHON.exists():
        raise CommandFailed("L'environnement du moteur n'est pas installé : lancez « make setup ».")
