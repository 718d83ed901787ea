"""What went wrong, as one French sentence for the operator: never a value of a setting, which may be a secret."""

from __future__ import annotations

import errno

from cryptography.fernet import InvalidToken
from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, DBAPIError

from channels.settings import Settings
from parcours.settings_page import variable

_REASONS = {
    errno.ENOENT: "n'existe pas", errno.EACCES: "n'est pas accessible avec vos droits", errno.EPERM: "n'est pas permis",
    errno.ENOSPC: "ne peut pas être écrit : le disque est plein", errno.EROFS: "est sur un disque en lecture seule",
    errno.ENOTDIR: "n'est pas dans un dossier", errno.EISDIR: "est un dossier"}


def sentence(error: Exception) -> str:
    """The sentence for an error that no command expected."""
    if isinstance(error, ValidationError):
        return _settings(error)
    if isinstance(error, ArgumentError):
        return "PARCOURS_DATABASE_URL n'est pas une adresse de base de données (postgresql://… ou sqlite:///…)."
    if isinstance(error, DBAPIError):
        return _database(error)
    if isinstance(error, InvalidToken):
        return "Ces données ont été chiffrées avec une autre clé : vérifiez PARCOURS_DATA_KEYS ou le dossier « keys » de l'état."
    if isinstance(error, OSError) and error.errno in _REASONS:
        what = f"« {error.filename} »" if error.filename else "Un fichier nécessaire"
        return f"{what} {_REASONS[error.errno]}."
    return f"Échec inattendu ({type(error).__name__}). Relancez avec PARCOURS_DEBUG=1 pour le détail technique."


def _settings(error: ValidationError) -> str:
    names = dict.fromkeys(str(item["loc"][0]) for item in error.errors() if item["loc"])
    fields = Settings.model_fields
    shown = [variable(name) if name in fields else name.upper() for name in names]
    return f"Réglage non valable : {', '.join(shown) or 'voir docs/settings.md'}. Les valeurs admises sont dans docs/settings.md."


def _database(error: DBAPIError) -> str:
    reason = str(error.orig).lower()
    if "disk is full" in reason or "no space left" in reason:
        return "La base de données ne peut plus écrire : le disque est plein."
    if "locked" in reason:
        return "La base de données est occupée par un autre programme. Réessayez dans un instant."
    if "password" in reason or "role" in reason or "authentication" in reason:
        return "La base de données refuse ce compte : vérifiez PARCOURS_DATABASE_URL."
    if "readonly" in reason or "unable to open" in reason:
        return "Le fichier de la base de données ne peut pas être ouvert en écriture : vérifiez PARCOURS_STATE_DIR et vos droits."
    return "La base de données ne répond pas : vérifiez qu'elle tourne et PARCOURS_DATABASE_URL."
