"""Sheets that were merged into another: `content/redirects.yml`, one line a sheet (`terme/cpf-terme: dispositif/cpf`).

A merged reference answers for ever: its page leads to the new one, the API gives the new sheet, and whatever names the
old one - a link of a sheet, a file of questions, a label - means the new one. A sheet of the agency's own that still
bears an old reference is a sheet like any other: only what is not found is looked up here.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from knowledge_base.errors import ContentError
from knowledge_base.kinds import FOLDERS
from language.yml import read_yml

REDIRECTS_FILE = "redirects.yml"
SHIPPED = Path(__file__).parent / "content" / REDIRECTS_FILE


def resolve(key: str) -> str:
    """The reference under which a sheet is found today: « kind/id », or « folder/id » as labels write it.

    >>> resolve("terme/cpf-terme"), resolve("termes/cpf-terme"), resolve("dispositif/cpf")
    ('dispositif/cpf', 'dispositifs/cpf', 'dispositif/cpf')
    """
    first, _, sheet_id = key.partition("/")
    if first not in FOLDERS:
        return shipped().get(key, key)
    kind, _, moved = shipped().get(f"{FOLDERS[first]}/{sheet_id}", f"{FOLDERS[first]}/{sheet_id}").partition("/")
    return f"{_FOLDER_OF[kind]}/{moved}"


def resolve_pair(kind: str, sheet_id: str) -> tuple[str, str]:
    """The same for a kind and an id."""
    found, _, moved = resolve(f"{kind}/{sheet_id}").partition("/")
    return found, moved


@lru_cache(maxsize=1)
def shipped() -> dict[str, str]:
    """Old reference to new one, of the shipped content."""
    return read_redirects(SHIPPED)


def read_redirects(path: Path) -> dict[str, str]:
    """Old reference to new one; empty without a file.

    Raises:
        ContentError: the file is no list of « kind/id: kind/id », or a new reference is itself an old one.
    """
    if not path.is_file():
        return {}
    try:
        read = read_yml(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name} : illisible ({error})") from error
    if not isinstance(read, dict) or not all(_is_reference(key) for pair in read.items() for key in pair):
        raise ContentError(f"{path.name} : des lignes « sorte/identifiant: sorte/identifiant » sont attendues")
    for old, new in read.items():
        if new in read:
            raise ContentError(f"{path.name} : {old} mène à {new}, qui a été réunie à {read[new]} : écrire celle-ci")
    return dict(read)


def _is_reference(key: object) -> bool:
    kind, _, sheet_id = str(key).partition("/")
    return kind in _FOLDER_OF and bool(sheet_id)


_FOLDER_OF: dict[str, str] = {kind: folder for folder, kind in FOLDERS.items()}
