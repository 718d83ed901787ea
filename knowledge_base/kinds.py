"""The eight kinds of sheet, with their folder in `content/` and their name in French."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal["metier", "formation", "service", "dispositif", "aide", "evenement", "structure", "terme"]
KINDS: tuple[Kind, ...] = get_args(Kind)

FOLDERS: dict[str, Kind] = {
    "metiers": "metier",
    "formations": "formation",
    "services": "service",
    "dispositifs": "dispositif",
    "aides": "aide",
    "evenements": "evenement",
    "structures": "structure",
    "termes": "terme",
}

# Beside the sheets: the questions that they answer (knowledge_base/questions.py).
QUESTIONS_FOLDER = "questions"

LABELS: dict[Kind, str] = {
    "metier": "Métier",
    "formation": "Formation",
    "service": "Service",
    "dispositif": "Dispositif",
    "aide": "Aide",
    "evenement": "Événement",
    "structure": "Lieu d’accueil",
    "terme": "Définition",
}


def sheet_url(kind: str, sheet_id: str) -> str:
    """The path of a sheet's public page, relative to the helpline's public address."""
    return f"/fiches/{kind}/{sheet_id}"
