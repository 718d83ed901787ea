"""The page of settings, generated from the code's own declarations: `python -m parcours.settings_page > docs/settings.md`."""

from __future__ import annotations

from pydantic.fields import FieldInfo

from channels.settings import Settings

_OWN_WORDS = {
    "state_dir": "Dossier d'état : bases SQLite, modèles, clés, journaux.",
    "database_url": "Base de données : SQLite par défaut (deux fichiers dans le dossier d'état), ou postgresql://…",
    "ranking_dir": "Ce que le classement des fiches a appris : un dossier, partageable ; dans le dossier d'état par défaut.",
}
_HEADER = """# Réglages

Variables d'environnement, ou lignes d'un fichier `.env` à la racine. Cette page est engendrée par le code
(`python -m parcours.settings_page`) ; un test la garde à jour.

| variable | défaut | rôle |
|---|---|---|
"""


def variable(name: str) -> str:
    """The environment variable of a field of Settings."""
    return name.upper() if name.startswith("twilio_") and name != "twilio_api_url" else f"PARCOURS_{name.upper()}"


def _default(name: str, field: FieldInfo) -> str:
    if name == "state_dir":
        return "`.state` dans le dossier du projet"
    if field.default in (None, ""):
        return "aucun"
    return f"`{field.default}`"


def settings_page() -> str:
    """The whole page, in Markdown."""
    rows = [f"| `{variable(name)}` | {_default(name, field)} | {field.description or _OWN_WORDS.get(name, '')} |"
            for name, field in Settings.model_fields.items()]
    return _HEADER + "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(settings_page(), end="")
