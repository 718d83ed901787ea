"""`parcours keys rotate`: a new encryption key, while the service runs."""

from __future__ import annotations

import asyncio

import click

from channels.privacy.rotation import Rotation
from channels.services import Services
from parcours.errors import CommandFailed
from parcours.services import with_services

_FOLLOWED = 2.5  # seconds: every running process has read the file of keys again


@click.group()
def keys() -> None:
    """Les clés de chiffrement."""


@keys.command()
@click.option("--retire", is_flag=True, help="Oublie ensuite les anciennes clés.")
def rotate(retire: bool) -> None:
    """Fait une nouvelle clé et rechiffre tout, pendant que le service tourne."""
    click.echo(with_services(lambda services: _rotate(services, retire)))


async def _rotate(services: Services, retire: bool) -> str:
    rotation = Rotation(services.db)
    if rotation.add_key():
        await asyncio.sleep(_FOLLOWED)
    elif retire:
        raise CommandFailed("Les clés viennent de PARCOURS_DATA_KEYS : retirez-y l'ancienne, puis redémarrez.")
    count = await rotation.reencrypt()
    # A second pass takes what was written under the old key while the first one ran.
    count += await rotation.reencrypt()
    lines = [f"{count} valeurs sont passées sous la clé la plus récente."]
    if retire:
        lines.append(f"Anciennes clés oubliées : {rotation.retire()}. Les sauvegardes d'avant gardent les leurs.")
    return "\n".join(lines)
