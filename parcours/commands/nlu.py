"""`parcours nlu add`: from the console's inbox of what was not understood to the training data."""

from __future__ import annotations

from pathlib import Path

import click

from parcours.filed_sentences import accuracy
from parcours.filed_sentences import add as add_filed
from parcours.paths import ROOT


@click.group()
def nlu() -> None:
    """Les phrases que l'assistant apprend."""


@nlu.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Accepter même si la compréhension baisse.")
def add(file: Path, force: bool) -> None:
    """Ajoute l'export de la page « Pas compris » aux données, après mesure sur les phrases de contrôle."""
    done = add_filed(file, ROOT / "data" / "acts", accuracy, force=force)
    if not done.sentences:
        click.echo("Aucune phrase nouvelle.")
        return
    said = "1 phrase ajoutée" if done.sentences == 1 else f"{done.sentences} phrases ajoutées"
    click.echo(f"{said}. Compréhension : {done.before:.1%} avant, {done.after:.1%} après.")
    click.echo("Lancez « parcours train » (ou redémarrez) pour que l'assistant les apprenne.")
