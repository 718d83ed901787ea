"""Importers of open data: `IMPORTERS[name](engine, path, progress)` gives a Report or raises ImportRefused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from knowledge_base.importers.bassins import import_bassins
from knowledge_base.importers.certifinfo import import_certifinfo
from knowledge_base.importers.communes import import_communes
from knowledge_base.importers.epci import import_epci
from knowledge_base.importers.lheo import import_lheo
from knowledge_base.importers.onisep import import_onisep
from knowledge_base.importers.prc import import_prc
from knowledge_base.importers.rncp import import_rncp
from knowledge_base.importers.rome import import_rome
from knowledge_base.report import Progress, Report

Importer = Callable[[Engine, Path, Progress | None], Report]

# Name on the command line → importer. `rome` takes a folder, the others one file.
IMPORTERS: dict[str, Importer] = {
    "rome": import_rome,
    "onisep": import_onisep,
    "certifinfo": import_certifinfo,
    "rncp": import_rncp,
    "lheo": import_lheo,
    "communes": import_communes,
    "epci": import_epci,
    "bassins": import_bassins,
    "prc": import_prc,
}
