"""`parcours transcript import FILE…`: phone transcripts become cases."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from channels.services import Services
from channels.transcripts.importing import TranscriptImports
from channels.transcripts.model import TranscriptError
from knowledge_base.facade import KnowledgeBase
from parcours.errors import CommandFailed
from parcours.services import with_services

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def transcript() -> None:
    """Les transcriptions d'appels téléphoniques."""


@transcript.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
def import_(files: tuple[Path, ...]) -> None:
    """Importe des transcriptions (WebVTT, SRT, JSON de Whisper, phrases JSON de Twilio Voice Intelligence)."""
    failed = with_services(lambda services: _import_all(services, files))
    if failed:
        raise CommandFailed(f"{failed} fichier(s) sur {len(files)} non importé(s).")


async def _import_all(services: Services, files: tuple[Path, ...]) -> int:
    knowledge = KnowledgeBase.open(services.settings.knowledge_url, services.settings.state_dir)
    imports, failed = TranscriptImports(services, knowledge), 0
    try:
        for file in files:
            failed += not await _import_one(imports, file)
    finally:
        knowledge.close()
    return failed


async def _import_one(imports: TranscriptImports, file: Path) -> bool:
    try:
        done = await imports.import_bytes(await asyncio.to_thread(file.read_bytes))
    except (TranscriptError, OSError) as error:
        reason = error.message if isinstance(error, TranscriptError) else "le fichier ne peut pas être lu."
        click.echo(f"{file.name} : {reason}", err=True)
        return False
    already = " (déjà importée)" if done.already else ""
    click.echo(f"{file.name} : demande n° {done.case_id}{already}, {done.lines} répliques. {done.summary}")
    return True
