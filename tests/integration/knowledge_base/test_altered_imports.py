"""Each field of each published format, altered: read right, or reported with its line; nothing is dropped in silence.

A field is emptied, cut, given another code or another form of date, a record is repeated. What the importer says and what lies in
the base afterwards are then looked at: what was written must be there, or be told.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import Engine, create_engine, text

from knowledge_base.errors import ImportRefused
from knowledge_base.importers import IMPORTERS
from knowledge_base.migrations import upgrade
from knowledge_base.report import Report
from knowledge_base.text import fold

OTHER = "Zz9"
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


@dataclass
class Trial:
    """One altered file."""

    name: str
    format: str
    column: str
    value: str
    content: str
    same: bool = field(default=False)  # another way to write the same thing

    def fault(self, before: Told, after: Told) -> str:
        """Empty when it was read right or reported."""
        if after.refused or set(after.said) - set(before.said):
            return ""
        if self.same or self.column in UNREAD[self.format] or self.name.startswith(NUMBER_OF_CODES):
            return "" if after.held == before.held else f"{self.name}: another base"
        if not self.value:
            return "" if after.sheets == before.sheets else f"{self.name}: a record is gone"
        return "" if fold(self.value) in after.held else f"{self.name}: dropped in silence"


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


def _alterations(value: str) -> Iterator[tuple[str, str, bool]]:
    """(name, altered value, whether it says the same)."""
    yield "missing", "", False
    yield "other code", OTHER, False
    if len(value) > 1:
        yield "cut", value[: len(value) // 2].strip(), False
    yield "spaces", f"  {value} ", True
    found = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", value)
    if found:
        day, iso = date(int(found[3]), int(found[2]), int(found[1])), f"{found[3]}-{found[2]}-{found[1]}"
        yield from ((f"date {form}", form, True) for form in (iso, f"{iso} 00:00:00", f"{found[1]}.{found[2]}.{found[3]}",
                                                             str((day - date(1899, 12, 30)).days)))  # fmt: skip


def _of_table(format_: str, file: str, content: str) -> Iterator[Trial]:
    """Every cell of the first row, and that row twice."""
    delimiter = max(";,", key=content.splitlines()[0].count)
    header, *rows = list(csv.reader(io.StringIO(content), delimiter=delimiter))
    for place, column in enumerate(header):
        for how, value, same in _alterations(rows[0][place]):
            cells = [*rows[0][:place], value, *rows[0][place + 1 :]]
            altered = _written(header, [cells, *rows[1:]], delimiter)
            yield Trial(f"{file} {column} {how}", format_, column, value, altered, same)
    yield Trial(f"{file} row twice", format_, "", OTHER, _written(header, [rows[0], *rows], delimiter), same=True)


def _written(header: list[str], rows: list[list[str]], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue()


def _of_json(format_: str, file: str, content: str) -> Iterator[Trial]:
    """Every value of the first record and of the first thing in it."""
    for key, inner in _keys(json.loads(content)[0]):
        old = json.loads(content)[0]
        held = old if inner is None else old[key][0]
        name = inner or key
        for how, value, same in _alterations(str(held[name])):
            records = json.loads(content)
            (records[0] if inner is None else records[0][key][0])[name] = value
            yield Trial(f"{file} {name} {how}", format_, name, value, json.dumps(records), same)


def _keys(record: dict[str, object]) -> Iterator[tuple[str, str | None]]:
    for key, value in record.items():
        if isinstance(value, list):
            yield from ((key, inner) for inner in value[0])
        else:
            yield key, None


def _of_xml(format_: str, file: str, content: str) -> Iterator[Trial]:
    """Every value of the first formation."""
    count = len(_leaves(content)[1])
    for place in range(count):
        old = _leaves(content)[1][place]
        for how, value, same in _alterations(old.text or ""):
            root, leaves = _leaves(content)
            leaves[place].text = value
            column = etree.QName(old).localname
            altered = etree.tostring(root, encoding="unicode")
            yield Trial(f"{file} {column} {place} {how}", format_, column, value, altered, same)


def _leaves(content: str) -> tuple[etree._Element, list[etree._Element]]:
    root = etree.fromstring(content.encode())
    formation = root.find(".//{*}formation")
    assert formation is not None
    return root, [element for element in formation.iter() if not len(element) and (element.text or "").strip()]


FILES = {"certifinfo": "certifinfo.csv", "rncp": "rncp.csv", "onisep": "onisep.csv", "communes": "communes.csv",
         "bassins": "bassins.csv", "epci": "epci.json", "prc": "prc.json", "lheo": "lheo.xml"}  # fmt: skip
READERS = {".csv": _of_table, ".json": _of_json, ".xml": _of_xml}


@pytest.mark.parametrize("format_", sorted(FILES))
def test_every_altered_field_is_read_right_or_reported(empty: Path, fixtures: Path, tmp_path: Path, format_: str) -> None:
    file = FILES[format_]
    content = (fixtures / file).read_text(encoding="utf-8")
    before = _told(empty, tmp_path, format_, fixtures / file)
    assert not before.refused and before.sheets
    faults = []
    for trial in READERS[Path(file).suffix](format_, file, content):
        (tmp_path / file).write_text(trial.content, encoding="utf-8")
        faults.append(trial.fault(before, _told(empty, tmp_path, format_, tmp_path / file)))
    assert len(faults) > 15 and [fault for fault in faults if fault] == []


def test_every_altered_field_of_the_rome_is_read_right_or_reported(empty: Path, fixtures: Path, tmp_path: Path) -> None:
    before = _told(empty, tmp_path, "rome", fixtures / "rome")
    faults = []
    for table in sorted((fixtures / "rome").glob("*.csv")):
        for trial in _of_table("rome", table.name, table.read_text(encoding="utf-8")):
            folder = shutil.copytree(fixtures / "rome", tmp_path / "rome", dirs_exist_ok=True)
            (folder / table.name).write_text(trial.content, encoding="utf-8")
            faults.append(trial.fault(before, _told(empty, tmp_path, "rome", folder)))
    assert len(faults) > 60
    assert [fault for fault in faults if fault] == []
