"""Sheets by their reference: `metiers/coiffeur` and `metier/coiffeur` are one, and a merged sheet is where it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from unidecode import unidecode

from knowledge_base.kinds import FOLDERS, KINDS
from knowledge_base.yaml_sheets import sheet_files
from parcours.paths import CONTENT

REDIRECTS = "redirects.yml"
_SHORTEST = 4  # letters of a title that a text can be said to name


@dataclass(frozen=True)
class Sheets:
    """The titles of the shipped sheets and the redirects of those that were merged, all by `kind/id`."""

    titles: Mapping[str, str]
    redirects: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def shipped(cls, content: Path = CONTENT) -> Sheets:
        """Those of this checkout."""
        return _read(content)

    def reference(self, name: str) -> str:
        """`kind/id` of what a label or a card names, redirects followed."""
        found, seen = singular(name), set[str]()
        while found in self.redirects and found not in seen:
            seen.add(found)
            found = self.redirects[found]
        return found

    def knows(self, name: str) -> bool:
        """True when the sheet is shipped, or was and went elsewhere."""
        return self.reference(name) in self.titles

    def is_named(self, name: str, text: str) -> bool:
        """True when the text says the sheet's title (either gender)."""
        title = self.titles.get(self.reference(name), "")
        said = f" {_plain(text)} "
        names = [_plain(part) for part in title.split("(")[0].split(" / ")]
        return any(len(part) >= _SHORTEST and f" {part} " in said for part in names)


def singular(name: str) -> str:
    """`metiers/x` as `metier/x`."""
    kind, _, rest = name.partition("/")
    return f"{FOLDERS.get(kind, kind)}/{rest}"


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in unidecode(text).lower()).split())


@cache
def _read(content: Path) -> Sheets:
    titles = {f"{kind}/{sheet['id']}": str(sheet.get("title", ""))
              for kind, path in sheet_files(content) for sheet in _yaml(path) if "id" in sheet}
    path = content / REDIRECTS
    moved = _yaml(path) if path.exists() else {}
    return Sheets(titles, {singular(str(old)): _beside(str(old), str(new)) for old, new in moved.items()})


def _yaml(path: Path) -> Any:
    # The parser in C: faults and lines are for `parcours kb check`, which reads with the other.
    return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.CSafeLoader) or {}


def _beside(old: str, new: str) -> str:
    # « cpf-terme: dispositifs/cpf » names its kind, « dispositifs/a: b » stays in it.
    kind = new.partition("/")[0]
    return singular(new) if FOLDERS.get(kind, kind) in KINDS else f"{singular(old).partition('/')[0]}/{new}"
