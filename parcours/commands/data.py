"""`parcours db upgrade`, `parcours db downgrade`, `parcours backup`, `parcours restore`."""

from __future__ import annotations

from pathlib import Path

import click

from channels.settings import Settings
from parcours import backup_check, backups, schemas

FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def db() -> None:
    """Les bases de données."""


@db.command()
def upgrade() -> None:
    """Met les bases au dernier schéma, après une sauvegarde de ce qu'elles contiennent."""
    saved = schemas.upgrade(Settings())
    click.echo(f"Les bases sont à jour.{f' Sauvegarde d’avant : {saved.name} (dossier « backups » de l’état).' if saved else ''}")


@db.command()
def downgrade() -> None:
    """Défait la dernière mise à jour du schéma des conversations, service arrêté, pour revenir à la version précédente."""
    saved, version = schemas.downgrade(Settings())
    click.echo(f"Schéma remis à {version}. Sauvegarde d'avant : {saved.name} (dossier « backups » de l'état). "
               "Remettez maintenant la version précédente du programme.")


@click.command()
@click.argument("file", type=FILE)
@click.option("--verify", is_flag=True, help="N'écrit rien : lit cette sauvegarde en entier et dit si elle peut être restaurée.")
def backup(file: Path, verify: bool) -> None:
    """Sauvegarde tout ce qui ne peut pas être refait, pendant que le service tourne."""
    settings = Settings()
    if verify:
        click.echo("\n".join([*backup_check.verify(settings, file), "Cette sauvegarde peut être restaurée."]))
        return
    backups.backup(settings, file)
    click.echo(f"Sauvegarde écrite : {file.name}. {_KEYS[backups.keys_kept_apart(settings)]}")


_KEYS = {False: "Elle contient les clés de chiffrement et de recherche : gardez-la en lieu sûr.",
         True: "Elle ne contient aucune clé : gardez à part PARCOURS_DATA_KEYS et la clé de recherche (PARCOURS_LOOKUP_KEY, ou "
               "le fichier keys/lookup.key de l'état), sans lesquelles elle ne sert à rien."}


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
