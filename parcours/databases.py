"""Creates and upgrades the databases, and loads the sheets that are shipped with the project."""

from __future__ import annotations

import click

from channels.settings import Settings
from parcours.paths import CONTENT


def upgrade(settings: Settings) -> None:
    """Brings both databases (content, personal data) to the newest schema."""
    from channels.migrations import upgrade as upgrade_conversations
    from knowledge_base.migrations import upgrade as upgrade_knowledge

    settings.state_dir.mkdir(parents=True, exist_ok=True)
    upgrade_knowledge(settings.knowledge_url)
    upgrade_conversations(settings.conversations_url)


def load_shipped_content(settings: Settings) -> None:
    """Loads knowledge_base/content/ (and the shipped gazetteer of communes) when it changed; quick otherwise."""
    from knowledge_base.loader import load_folder

    report = load_folder(settings.knowledge_url, CONTENT)
    if report.added or report.changed or report.retired:
        click.echo(f"Fiches : {report.added} ajoutées, {report.changed} modifiées, {report.retired} retirées.")
