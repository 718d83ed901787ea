"""`parcours db upgrade`, `parcours backup`, `parcours restore`."""

from __future__ import annotations

from pathlib import Path

import click

from channels.settings import Settings
from parcours import backups, databases

FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def db() -> None:
    """Les bases de données."""


@db.command()
def upgrade() -> None:
    """Met les bases au dernier schéma."""
    databases.upgrade(Settings())
    click.echo("Les bases sont à jour.")


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Sauvegarde tout ce qui ne peut pas être refait, pendant que le service tourne."""
    backups.backup(Settings(), file)
    click.echo(f"Sauvegarde écrite : {file.name}. Elle contient les clés de chiffrement : gardez-la en lieu sûr.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Restaure une sauvegarde dans un dossier d'état vide."""
    backups.restore(Settings(), file)
    click.echo("Sauvegarde restaurée. Lancez « parcours run ».")
