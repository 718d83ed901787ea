"""`parcours person …` and `parcours purge`: the rights of people over what is kept of them."""

from __future__ import annotations

import json

import click

from channels.privacy.erasure import ProviderCopies
from channels.privacy.person_page import person_page
from channels.privacy.persons import ErasedReport
from channels.services import Services
from parcours.services import with_services

_KINDS = {
    "conversations": "Conversations sans demande effacées", "cases": "Demandes closes effacées",
    "transcripts": "Lignes de transcription effacées", "callbacks": "Rappels terminés effacés",
    "sign_ups": "Inscriptions passées effacées",
    "audit": "Lignes du journal des accès effacées", "opt_outs": "Lignes du journal des STOP effacées",
    "masked": "Conversations terminées masquées", "contacts": "Numéros effacés",
    "technical": "Liens, tickets et sessions périmés effacés", "provider_retries": "Suppressions chez Twilio relancées",
    "ledger": "Mois du registre des effacements oubliés"}


@click.group()
def person() -> None:
    """Les données d'une personne, sur tous les canaux."""


@person.command()
@click.argument("phone_or_id")
@click.option("--format", "form", type=click.Choice(["json", "texte"]), default="json", show_default=True,
              help="json pour un programme, texte pour la personne.")
def export(phone_or_id: str, form: str) -> None:
    """Exporte tout ce qui est gardé d'une personne."""

    async def work(services: Services) -> str:
        found = await services.persons.export(phone_or_id)
        if form == "texte":
            return person_page(found, services.sentences).rstrip()
        return json.dumps(found, ensure_ascii=False, indent=2, default=str)

    click.echo(with_services(work))


@person.command()
@click.argument("phone_or_id")
def erase(phone_or_id: str) -> None:
    """Efface tout ce qui est gardé d'une personne ; dit ce qui a été effacé."""

    async def work(services: Services) -> ErasedReport:
        return await services.persons.erase(phone_or_id)

    report = with_services(work)
    click.echo(f"Effacé : {report.conversations} conversation(s), {report.contacts} numéro(s).")
    _say_copies(report.copies)


@person.command()
@click.option("--retry", is_flag=True, help="Relance celles qui ont échoué.")
def copies(retry: bool) -> None:
    """Les copies chez Twilio qui restent à supprimer."""

    async def work(services: Services) -> ProviderCopies:
        return await services.persons.copies(retry=retry)

    _say_copies(with_services(work))


def _say_copies(copies: ProviderCopies) -> None:
    if copies.waiting:
        click.echo(f"Copies chez Twilio : {copies.waiting} suppression(s) en cours, faites par le service qui tourne.")
    for sid, code in copies.failed.items():
        click.echo(f"Copie chez Twilio non supprimée : {sid} (code {code}) ; « parcours person copies --retry » la relance.")
    if not copies.waiting and not copies.failed:
        click.echo("Copies chez Twilio : aucune en attente.")


@click.command()
@click.option("--confirme", is_flag=True, help="Efface même si c'est inhabituel (heure de la machine vérifiée).")
def purge(confirme: bool) -> None:
    """Applique maintenant les durées de conservation ; dit ce qui a été effacé."""

    async def work(services: Services) -> dict[str, int]:
        return await services.retention.apply(told=confirme)

    removed = with_services(work)
    for kind, count in removed.items():
        click.echo(f"{_KINDS[kind]} : {count}")
    if not any(removed.values()):
        click.echo("Rien à effacer.")
