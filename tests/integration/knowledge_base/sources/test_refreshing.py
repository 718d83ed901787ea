"""Refreshing keeps the last good data: cut, shrunk, older and foreign files change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select, update

from knowledge_base import KnowledgeBase
from knowledge_base.importers.tabular import read_rows
from knowledge_base.places.models import SiteCorrectionRow, SiteRow
from knowledge_base.places.store import SOURCES, held_source
from knowledge_base.report import Report
from knowledge_base.sources.catalogue import Declared, catalogue
from knowledge_base.sources.fetching import Fetcher
from knowledge_base.sources.loading import Limits
from knowledge_base.sources.outcome import EXTRACT, FAILED, LOADED, NOT_DUE, OLDER, UNCHANGED
from knowledge_base.sources.refreshing import Refresh
from knowledge_base.sources.workbooks import as_csv
from tests.fixtures.data_server import Published, data_server

HEADER = "REFERENCE_PE,NOM,CODE_SAFIR,TYPE_SITE,ADRESSE,CODE_POSTAL,COMMUNE,DN_LATITUDE,DN_LONGITUDE\n"
DECLARED = {"france-travail": catalogue()["france-travail"]}


def agencies(count: int, street: str = "rue Une") -> str:
    lines = [f'R{n},AGENCE {n},76{n:03},ALE,{n} {street},76000,ROUEN,"49,44","1,09"\n' for n in range(1, count + 1)]
    return HEADER + "".join(lines)


def folder_with(path: Path, name: str, text: str) -> Path:
    path.mkdir(exist_ok=True)
    (path / name).write_text(text, encoding="utf-8")
    return path


def refresh(kb: KnowledgeBase, folder: Path, *accepted: str) -> str:
    work = Refresh(kb.engine, DECLARED, limits=Limits(frozenset(accepted)))
    return work.from_folder(folder).outcomes[-1].state


def count(kb: KnowledgeBase) -> int:
    with kb.engine.connect() as connection:
        return len(connection.execute(select(SiteRow.key)).all())


@pytest.fixture
def loaded(empty_kb: KnowledgeBase, tmp_path: Path) -> KnowledgeBase:
    """Ten agencies of May 2024."""
    folder = folder_with(tmp_path / "first", "pole_emploi_agencies_2024-05_x.csv", agencies(10))
    assert refresh(empty_kb, folder) == LOADED
    return empty_kb


def test_the_same_file_again_changes_nothing(loaded: KnowledgeBase, tmp_path: Path) -> None:
    assert refresh(loaded, tmp_path / "first") == UNCHANGED


def test_a_newer_file_replaces_what_it_changes_and_retires_what_vanished(loaded: KnowledgeBase, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "new", "pole_emploi_agencies_2025-01_x.csv", agencies(9, "avenue Deux"))
    result = Refresh(loaded.engine, DECLARED).from_folder(folder)
    report = result.outcomes[0].report
    assert report is not None and (report.changed, report.retired) == (9, 1)
    assert loaded.directory.by_key["france-travail-76001"].address == "1 avenue Deux"


def test_an_older_file_never_replaces_a_newer_one(loaded: KnowledgeBase, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "old", "pole_emploi_agencies_2019-11_x.csv", agencies(12))
    assert refresh(loaded, folder) == OLDER and count(loaded) == 10


def test_an_extract_of_the_same_date_is_left_alone(loaded: KnowledgeBase, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "part", "pole_emploi_agencies_2024-05_y.csv", agencies(3))
    assert refresh(loaded, folder) == EXTRACT and count(loaded) == 10


def test_a_source_that_shrinks_by_more_than_a_fifth_has_failed_until_somebody_agrees(
    loaded: KnowledgeBase, tmp_path: Path
) -> None:
    folder = folder_with(tmp_path / "small", "pole_emploi_agencies_2025-01_x.csv", agencies(7))
    assert refresh(loaded, folder) == FAILED and count(loaded) == 10
    assert refresh(loaded, folder, "france-travail") == LOADED and count(loaded) == 7


@pytest.mark.parametrize("cut", [0.5, 0.93])
def test_a_cut_file_leaves_yesterdays_data(loaded: KnowledgeBase, tmp_path: Path, cut: float) -> None:
    text = agencies(10, "rue Neuve")
    folder = folder_with(tmp_path / "cut", "pole_emploi_agencies_2025-01_x.csv", text[: int(len(text) * cut)])
    assert refresh(loaded, folder) == FAILED and count(loaded) == 10
    assert loaded.directory.by_key["france-travail-76001"].address == "1 rue Une"


def test_of_two_files_of_one_source_the_newest_wins(empty_kb: KnowledgeBase, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "two", "pole_emploi_agencies_2019-11_x.csv", agencies(5))
    folder_with(tmp_path / "two", "pole_emploi_agencies_2024-05_x.csv", agencies(6))
    states = [outcome.state for outcome in Refresh(empty_kb.engine, DECLARED).from_folder(folder).outcomes]
    assert states == [OLDER, LOADED] and count(empty_kb) == 6


def test_a_file_that_nobody_knows_is_listed_and_fails_nothing(empty_kb: KnowledgeBase, tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "odd", "recettes.csv", "a;b\n1;2\n")
    folder_with(tmp_path / "odd", "pole_emploi_agencies_2024-05_x.csv", "autre;format\n1;2\n")
    result = Refresh(empty_kb.engine, DECLARED).from_folder(folder)
    assert not result.failed and len(result.unknown) == 2
    assert "mais pas son format" in result.unknown[0] and "inconnu" in result.unknown[1]


def test_a_correction_of_the_agency_survives_a_refresh(loaded: KnowledgeBase, tmp_path: Path) -> None:
    loaded.correct_site("france-travail-76001", {"phone": "02 00 00 00 00", "address": "3 place Neuve"}, by="compte")
    folder = folder_with(tmp_path / "new", "pole_emploi_agencies_2025-01_x.csv", agencies(10, "avenue Deux"))
    assert refresh(loaded, folder) == LOADED
    site = loaded.site("france-travail-76001")
    assert site is not None and (site.phone, site.address) == ("02 00 00 00 00", "3 place Neuve")
    with loaded.engine.connect() as connection:
        assert connection.execute(select(SiteCorrectionRow.by)).scalar() == "compte"


@pytest.fixture
def server() -> Iterator[Published]:
    with data_server(agencies(10).encode()) as published:
        yield published


def declared_at(server: Published) -> dict[str, Declared]:
    return {"france-travail": replace(DECLARED["france-travail"], url=server.url)}


def from_network(kb: KnowledgeBase, server: Published, *names: str, everything: bool = False) -> tuple[str, str]:
    work = Refresh(kb.engine, declared_at(server), fetcher=Fetcher(wait=0.0))
    outcome = work.from_network(names, everything=everything).outcomes[0]
    return outcome.state, outcome.why


def test_what_is_due_is_fetched_once_and_then_not_due(empty_kb: KnowledgeBase, server: Published) -> None:
    assert from_network(empty_kb, server)[0] == LOADED
    assert from_network(empty_kb, server)[0] == NOT_DUE and len(server.asked) == 1
    assert from_network(empty_kb, server, everything=True)[0] == UNCHANGED
    assert server.asked[1]["If-None-Match"] == '"1"'


def test_a_server_that_fails_leaves_yesterdays_data_and_the_failure_is_kept(empty_kb: KnowledgeBase, server: Published) -> None:
    from_network(empty_kb, server)
    server.etag, server.misdeeds = '"2"', ["500"] * 9
    state, why = from_network(empty_kb, server, everything=True)
    assert state == FAILED and "500" in why and count(empty_kb) == 10
    with empty_kb.engine.connect() as connection:
        held = held_source(connection, "france-travail")
    assert held is not None and "500" in held["failure"] and held["etag"] == '"1"'


def test_a_failed_source_is_due_again_at_once(empty_kb: KnowledgeBase, server: Published) -> None:
    server.misdeeds = ["500"] * 4
    assert from_network(empty_kb, server)[0] == FAILED
    assert from_network(empty_kb, server)[0] == LOADED


def test_yesterdays_format_is_refused_before_it_is_read(empty_kb: KnowledgeBase, server: Published) -> None:
    server.content = b"REF;NOM\n1;Agence\n"
    state, why = from_network(empty_kb, server)
    assert state == FAILED and "en-tête" in why


def test_a_download_that_lacks_its_end_is_no_news(empty_kb: KnowledgeBase, server: Published) -> None:
    from_network(empty_kb, server)
    server.etag, server.content = '"2"', agencies(10, "rue Neuve").encode()[:-40]
    assert from_network(empty_kb, server, everything=True)[0] == FAILED and count(empty_kb) == 10


def test_a_long_unchecked_source_is_due(empty_kb: KnowledgeBase, server: Published) -> None:
    from_network(empty_kb, server)
    with empty_kb.engine.begin() as connection:
        connection.execute(update(SOURCES).values(checked_at=None))
    assert from_network(empty_kb, server)[0] == UNCHANGED


def test_what_a_refresh_leaves_out_is_counted_and_listed_with_its_line(empty_kb: KnowledgeBase, tmp_path: Path) -> None:
    text = agencies(3).replace("76002,ALE", ",ALE").replace("AGENCE 3,76003,ALE", "AGENCE 3,76003,DDA")
    folder = folder_with(tmp_path / "first", "pole_emploi_agencies_2024-05_x.csv", text)
    (outcome,) = Refresh(empty_kb.engine, DECLARED).from_folder(folder).outcomes
    assert outcome.report is not None
    assert (outcome.report.added, outcome.report.rejected_count, outcome.report.ignored) == (1, 1, 1)
    (line,) = outcome.report.details()
    assert "_x.csv:3" in line and "CODE_SAFIR" in line and "1 refusés" in outcome.line()


def test_a_workbook_row_without_its_first_cell_is_told_by_its_row(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (["Kit"], ["Code Diplôme", "FicheRNCP", "Diplôme"], ["1", "RNCP1", "CAP"], [None, "RNCP2", "BTS"], [None] * 3,
                ["3", "", "BP"]):
        book.active.append(row)
    book.save(tmp_path / "kit.xlsx")
    report = Report("essai")
    (tmp_path / "out").mkdir()
    rows = list(read_rows(as_csv(tmp_path / "kit.xlsx", tmp_path / "out"), ["Code_Diplome", "Code_RNCP"], report))
    assert [(row.line, row["Code_Diplome"]) for row in rows] == [(3, "1"), (4, ""), (6, "3")]
