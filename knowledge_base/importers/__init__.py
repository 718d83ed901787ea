"""Importers of open data: `IMPORTERS[name](engine, path, progress)` gives a Report or raises ImportRefused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from knowledge_base.importers.rome import import_rome
from knowledge_base.report import Progress, Report

Importer = Callable[[Engine, Path, Progress | None], Report]

IMPORTERS: dict[str, Importer] = {"rome": import_rome}
