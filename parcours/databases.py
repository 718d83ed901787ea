"""Creates and upgrades the databases, and loads the sheets that are shipped with the project."""

from __future__ import annotations

import click

from channels import migrations as conversations
from channels.settings import Settings
from knowledge_base import migrations as knowledge
from knowledge_base.database import open_engine
from knowledge_base.loader import load_shipped


def upgrade(settings: Settings) -> None:
    """Brings both databases (content, personal data) to the newest schema."""
    settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    knowledge.upgrade(settings.knowledge_url)
    conversations.upgrade(settings.conversations_url)


def load_shipped_content(settings: Settings) -> None:
    """Loads knowledge_base/content/ when it changed since the last time; says what it did."""
    engine = open_engine(settings.knowledge_url)
    try:
        report = load_shipped(engine)
    finally:
        engine.dispose()
    if report is not None:
        click.echo(report.summary())
        for line in report.details():
            click.echo(f"  {line}")
