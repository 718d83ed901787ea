"""`parcours doctor`."""

from __future__ import annotations

import click

from channels.settings import Settings
from parcours.doctor import examine
from parcours.errors import CommandFailed


@click.command()
def doctor() -> None:
    """Regarde tout ce qui doit aller (clés, bases, dossiers, disque, heure, courriel, prestataire, certificat, sauvegarde)."""
    bad = 0
    for check in examine(Settings()):
        bad += not check.good
        click.echo(f"{'bien  ' if check.good else 'À VOIR'}  {check.name} : {check.said}")
    if bad:
        raise CommandFailed(f"{bad} point(s) à voir.")
