"""`parcours person …` and `parcours purge`: the rights of people over what is kept of them."""

from __future__ import annotations

import json

import click

from channels.services import Services
from parcours.errors import CommandFailed
from parcours.services import with_services


@click.group()
def person() -> None:
    """Les données d'une personne, sur tous les canaux."""


@person.command()
@click.argument("phone_or_id")
def export(phone_or_id: str) -> None:
    """Exporte en JSON tout ce qui est gardé d'une personne."""

    async def work(services: Services) -> str:
        found = await services.persons.export(phone_or_id)
        return json.dumps(found, ensure_ascii=False, indent=2, default=str)

    click.echo(with_services(work))


@person.command()
@click.argument("phone_or_id")
def erase(phone_or_id: str) -> None:
    """Efface tout ce qui est gardé d'une personne ; dit ce qui a été effacé."""

    async def work(services: Services) -> object:
        return await services.persons.erase(phone_or_id)

    report = with_services(work)
    click.echo(str(report))
    if getattr(report, "failures", None):
        raise CommandFailed("Une partie n'a pas pu être effacée chez un prestataire ; l'effacement sera retenté.")


@click.command()
def purge() -> None:
    """Applique maintenant les durées de conservation."""

    async def work(services: Services) -> dict[str, int]:
        return await services.retention.apply()

    removed = with_services(work)
    for kind, count in removed.items():
        click.echo(f"{kind} : {count}")
    if not any(removed.values()):
        click.echo("Rien à effacer.")
