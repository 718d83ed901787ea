"""Reading JSON files of open data: a list of records, refused with the line when damaged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from knowledge_base.errors import ImportRefused
from knowledge_base.importers.textfile import encoding_of

MAX_BYTES = 200_000_000


def read_records(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON list; raises ImportRefused when the file is anything else."""
    encoding = encoding_of(path)
    if path.stat().st_size > MAX_BYTES:
        raise ImportRefused("fichier démesuré", file=path.name)
    try:
        records = json.loads(path.read_text(encoding=encoding))
    except json.JSONDecodeError as error:
        raise ImportRefused("JSON mal formé, fichier abîmé ou coupé", file=path.name, line=error.lineno) from error
    except RecursionError as error:
        raise ImportRefused("JSON trop imbriqué", file=path.name) from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise ImportRefused("une liste d’enregistrements est attendue", file=path.name, line=1)
    return records
