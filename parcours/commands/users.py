"""`parcours user …`: accounts of advisors, supervisors, editors and administrators."""

from __future__ import annotations

import click

from channels.people.colleagues import Colleagues
from channels.services import Services
from parcours.services import with_services

ROLES = ("conseiller", "superviseur", "editeur", "admin")


@click.group()
def user() -> None:
    """Les comptes de la console."""


@user.command()
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--name", help="Prénom montré aux personnes qui écrivent.")
@click.option("--team", help="Équipe ou territoire.")
def add(email: str, role: str, name: str | None, team: str | None) -> None:
    """Crée un compte (ou un nouveau lien) et affiche le lien pour choisir le mot de passe, valable une fois."""

    async def work(services: Services) -> str:
        secret = await services.accounts.create(email, role, name=name, team=team)
        return f"{services.settings.public_base}/console/mot-de-passe/{secret}"

    click.echo(with_services(work))


@user.command()
@click.argument("email")
def key(email: str) -> None:
    """Affiche une nouvelle clé d'API personnelle, une seule fois."""

    async def work(services: Services) -> str:
        return await services.accounts.create_key(email, label="ligne de commande")

    click.echo(with_services(work))


@user.command()
@click.argument("email")
@click.argument("number", required=False)
def phone(email: str, number: str | None) -> None:
    """Le téléphone sur lequel un appel est passé à cette personne (« je voudrais parler à Anne ») ; sans numéro, le retire."""

    async def work(services: Services) -> None:
        await Colleagues(services.db).set_phone(email, number)

    with_services(work)
    click.echo("Téléphone enregistré." if number else "Téléphone retiré.")
