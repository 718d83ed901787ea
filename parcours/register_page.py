"""The register of personal data, from the code's own declarations: `python -m parcours.register_page > docs/registre.md`.

Its words are in register_page.md, beside this file.
"""

from __future__ import annotations

from pathlib import Path

from channels.privacy.register import REGISTER
from channels.settings import Settings
from channels.store.models import Base
from channels.store.types import EncryptedJSON, EncryptedText
from parcours.settings_page import variable

_TEMPLATE = Path(__file__).with_suffix(".md")


def register_page() -> str:
    """The whole page, in Markdown, with the default periods."""
    settings = Settings.model_construct()
    rows = [f"| {entry.what} | {entry.why} | {entry.how_long(settings)} | {_setting(entry.setting)} | {', '.join(entry.tables)} |"
            for entry in REGISTER]
    columns = [f"| {table} | {', '.join(names)} |" for table, names in encrypted_columns().items()]
    return _TEMPLATE.read_text("utf-8").format(rows="\n".join(rows), columns="\n".join(columns))


def encrypted_columns() -> dict[str, list[str]]:
    """Which columns are encrypted, by table."""
    found = {table.name: [column.name for column in table.columns if isinstance(column.type, EncryptedText | EncryptedJSON)]
             for table in sorted(Base.metadata.tables.values(), key=lambda table: table.name)}
    return {name: columns for name, columns in found.items() if columns}


def _setting(name: str | None) -> str:
    return f"`{variable(name)}`" if name else "–"


if __name__ == "__main__":
    print(register_page(), end="")
