"""The fifteen commitments of the founding document: each is researched, and told by a sheet that exists."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge_base.kinds import KINDS
from knowledge_base.loader import SHIPPED_CONTENT
from knowledge_base.yaml_sheets import read_file, sheet_files

LINES = (Path(__file__).parents[3] / "docs" / "commitments.md").read_text(encoding="utf-8").splitlines()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in LINES if re.match(r"\| \d", line)]


def test_each_of_the_fifteen_has_a_state_and_what_was_read() -> None:
    assert {int(re.sub(r"\D", "", row[0])) for row in ROWS} == set(range(1, 16))
    assert all(re.search(r"annoncé|existe|renommé|terminé|pas connu", row[2]) and row[3] for row in ROWS)


def test_the_sheets_that_tell_them_exist() -> None:
    files = sheet_files(SHIPPED_CONTENT)
    shipped = {f"{kind}/{sheet.values['id']}" for kind, path in files for sheet in read_file(kind, path, path.name)}
    named = re.findall(rf"`((?:{'|'.join(KINDS)})/[a-z0-9-]+)`", "\n".join(LINES))
    assert len(named) > 20 and set(named) <= shipped
