"""Each field of each published format, altered: read right, or reported with its line; nothing is dropped in silence.

A field is emptied, cut, given another code or another form of date, a record is repeated. What the importer says and what lies in
the base afterwards are then looked at: what was written must be there, or be told.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import Engine, create_engine, text

from knowledge_base.errors import ImportRefused
from knowledge_base.importers import IMPORTERS
from knowledge_base.migrations import upgrade
from knowledge_base.report import Report
from knowledge_base.text import fold
from tests.fixtures.altered import Altered, alterations, of_json, of_table

TABLES = ("kb_sheet", "kb_place", "kb_trade_title", "kb_mobility")
# What an importer does not read at all: another value there changes nothing, and need not.
UNREAD = {
    "certifinfo": {"Libelle_FormaCode"},
    "rncp": {"Dernière MaJ", "Code_Diplome"},
    "onisep": {"nom publication", "collection", "année", "gencod", "GFE", "libellé ROME", "lien ROME"},
    "communes": {"Libelle_acheminement"},
    "bassins": {"L", "REG_CREDOC", "REG", "DEP", "CCOMMUNE"},
    "epci": {"type"}, "prc": {"Région"},
    "rome": {"code_type_section_appellation", "libelle_type_section_appellation", "statut", "code_fiche_em",
             "code_appellation_source", "code_appellation_cible", "libelle_type_mobilite", "code_type_texte"},
    "lheo": {"fin", "numero"},
}  # fmt: skip
# The number of a code is read nowhere; that of a title is.
NUMBER_OF_CODES = "unix_referentiel_code_rome_v1_utf8.csv code_ogr"


@dataclass(frozen=True)
class Told:
    """What an import said and what lies in the base: `lines` are those that something was said of."""

    refused: str = ""
    said: tuple[str, ...] = ()
    held: str = ""
    sheets: int = 0


def _fault(format_: str, trial: Altered, before: Told, after: Told) -> str:
    """Empty when it was read right or reported."""
    if after.refused or set(after.said) - set(before.said):
        return ""
    if trial.same or trial.column in UNREAD[format_] or trial.name.startswith(NUMBER_OF_CODES):
        return "" if after.held == before.held else f"{trial.name}: another base"
    if not trial.value:
        return "" if after.sheets == before.sheets else f"{trial.name}: a record is gone"
    return "" if fold(trial.value) in after.held else f"{trial.name}: dropped in silence"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated base without anything in it."""
    path = tmp_path_factory.mktemp("base") / "empty.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


def _told(empty: Path, folder: Path, format_: str, source: Path) -> Told:
    base = folder / "base.sqlite3"
    shutil.copy(empty, base)
    engine = create_engine(f"sqlite:///{base}")
    try:
        report = IMPORTERS[format_](engine, source, None)
    except ImportRefused as refused:
        return Told(refused=str(refused))
    finally:
        engine.dispose()
    return Told("", tuple(_lines(report)), *_held(engine))


def _lines(report: Report) -> Iterator[str]:
    """What was said, each with where: a line, or the number of the record where a format has no lines."""
    for item in (*report.rejected, *report.notes):
        assert item.line or re.search(r"enregistrement \d+", item.reason), f"said without its line: {item}"
        yield f"{item.line} {item.reason}"


def _held(engine: Engine) -> tuple[str, int]:
    with engine.connect() as connection:
        rows = {table: connection.execute(text(f"SELECT * FROM {table}")).mappings().all() for table in TABLES}
    plain = [str({name: _plain(value) for name, value in row.items() if not name.startswith(("updated", "collected", "changed"))})
             for table in TABLES for row in rows[table]]
    engine.dispose()
    return fold(" ".join(plain)), sum(map(len, rows.values()))


def _plain(value: object) -> str:
    """JSON columns with their letters, whatever the escapes."""
    written = str(value)
    return json.dumps(json.loads(written), ensure_ascii=False) if written[:1] in "[{" else written


def _of_xml(file: str, content: str) -> Iterator[Altered]:
    """Every value of the first formation."""
    count = len(_leaves(content)[1])
    for place in range(count):
        old = _leaves(content)[1][place]
        for how, value, same in alterations(old.text or ""):
            root, leaves = _leaves(content)
            leaves[place].text = value
            column = etree.QName(old).localname
            altered = etree.tostring(root, encoding="unicode")
            yield Altered(f"{file} {column} {place} {how}", column, value, altered, same)


def _leaves(content: str) -> tuple[etree._Element, list[etree._Element]]:
    root = etree.fromstring(content.encode())
    formation = root.find(".//{*}formation")
    assert formation is not None
    return root, [element for element in formation.iter() if not len(element) and (element.text or "").strip()]


FILES = {"certifinfo": "certifinfo.csv", "rncp": "rncp.csv", "onisep": "onisep.csv", "communes": "communes.csv",
         "bassins": "bassins.csv", "epci": "epci.json", "prc": "prc.json", "lheo": "lheo.xml"}  # fmt: skip
READERS = {".csv": of_table, ".json": of_json, ".xml": _of_xml}


@pytest.mark.parametrize("format_", sorted(FILES))
def test_every_altered_field_is_read_right_or_reported(empty: Path, fixtures: Path, tmp_path: Path, format_: str) -> None:
    file = FILES[format_]
    content = (fixtures / file).read_text(encoding="utf-8")
    before = _told(empty, tmp_path, format_, fixtures / file)
    assert not before.refused and before.sheets
    faults = []
    for trial in READERS[Path(file).suffix](file, content):
        (tmp_path / file).write_text(trial.content, encoding="utf-8")
        faults.append(_fault(format_, trial, before, _told(empty, tmp_path, format_, tmp_path / file)))
    assert len(faults) > 15 and [fault for fault in faults if fault] == []


def test_every_altered_field_of_the_rome_is_read_right_or_reported(empty: Path, fixtures: Path, tmp_path: Path) -> None:
    before = _told(empty, tmp_path, "rome", fixtures / "rome")
    faults = []
    for table in sorted((fixtures / "rome").glob("*.csv")):
        for trial in of_table(table.name, table.read_text(encoding="utf-8")):
            folder = shutil.copytree(fixtures / "rome", tmp_path / "rome", dirs_exist_ok=True)
            (folder / table.name).write_text(trial.content, encoding="utf-8")
            faults.append(_fault("rome", trial, before, _told(empty, tmp_path, "rome", folder)))
    assert len(faults) > 60
    assert [fault for fault in faults if fault] == []


def test_every_importer_is_altered_here() -> None:
    assert set(FILES) | {"rome"} == set(IMPORTERS)
