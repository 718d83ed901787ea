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
@click.option("--erasures", multiple=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Registre des effacements gardé ailleurs (dossier) ; peut être répété.")
def restore(file: Path, erasures: tuple[Path, ...]) -> None:
    """Restaure une sauvegarde dans un dossier d'état vide, puis refait les effacements et les STOP demandés depuis."""
    restored = backups.restore(Settings(), file, erasures)
    done = restored.obeyed
    click.echo(f"Sauvegarde restaurée. Refait depuis : {done.conversations} conversation(s) et {done.contacts} numéro(s) "
               f"effacés, {done.wishes} STOP ou reprise(s).")
    if restored.blind:
        click.echo("Attention : aucun registre des effacements n'a été trouvé hors de la sauvegarde. Qui s'est fait effacer "
                   "depuis est de nouveau là : recommencez dans un dossier vide avec --erasures DOSSIER, ou effacez-le encore.",
                   err=True)
    click.echo("Lancez « parcours run ».")
