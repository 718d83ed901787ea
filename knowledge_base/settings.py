"""Settings of the knowledge base: environment variables with the prefix PARCOURS_, or a .env file."""

from __future__ import annotations

from pathlib import Path

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge_base.placeholders import PUBLIC_NUMBER

# Seen from the checkout, so that a command gives the same answer from whatever folder it is typed in.
_ROOT = Path(__file__).resolve().parent.parent
# In a database's address these begin a query or a code: the data would lie elsewhere, readable by others.
_NOT_IN_A_URL = "%?#"


class KnowledgeSettings(BaseSettings):
    """Where the state lies and which database holds the sheets.

    `database_url` None means SQLite: one file for the knowledge base in `state_dir`, apart from personal data.
    """

    model_config = SettingsConfigDict(env_prefix="PARCOURS_", env_file=_ROOT / ".env", extra="ignore")

    state_dir: Path = _ROOT / ".state"
    database_url: str | None = None
    # Sheets leave the place of the number open, so the knowledge base fills it in.
    helpline_number: str | None = PUBLIC_NUMBER
    # What the ranking learnt, and the vectors of texts; in the state directory by default. Several helplines may share one.
    ranking_dir: Path | None = None

    @field_validator("database_url", "ranking_dir", mode="before")
    @classmethod
    def _empty_is_default(cls, value: object) -> object:
        return value or None

    @field_validator("helpline_number", mode="before")
    @classmethod
    def _public_number(cls, value: object) -> object:
        return value or PUBLIC_NUMBER

    @field_validator("state_dir")
    @classmethod
    def _readable_by_a_url(cls, value: Path) -> Path:
        if any(sign in str(value.absolute()) for sign in _NOT_IN_A_URL):
            raise ValueError(f"le dossier d'état {value.absolute()} contient « % », « ? » ou « # » : choisissez un autre chemin")
        return value

    @property
    def knowledge_url(self) -> str:
        """The SQLAlchemy URL of the knowledge base."""
        return self.database_url or f"sqlite:///{self.state_dir.absolute() / 'knowledge.sqlite3'}"
