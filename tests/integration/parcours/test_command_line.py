"""The command line as an operator types it: exit status 0 done, 1 failed in one clear line, 2 wrong usage."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from parcours.paths import ROOT
from tests.fixtures.shipped_knowledge import shipped_knowledge


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state directory of its own, with the sheets loaded."""
    state = tmp_path_factory.mktemp("state")
    shutil.copytree(shipped_knowledge(), state, dirs_exist_ok=True)
    return state


def parcours(state: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`parcours …`, with nothing running."""
    environment = {**os.environ, "PARCOURS_STATE_DIR": str(state), "PARCOURS_DATABASE_URL": "", "PARCOURS_PORT": "1", **settings}
    return subprocess.run([sys.executable, "-m", "parcours", *arguments], cwd=ROOT, env=environment, text=True,
                          capture_output=True, check=False, timeout=600)


def test_wrong_usage_ends_with_two(state: Path) -> None:
    for arguments in (["frobnicate"], ["kb", "import", "rien", "."], ["user", "add", "a@exemple.fr"], ["ask", " "]):
        assert parcours(state, *arguments).returncode == 2, arguments


def test_a_question_without_a_running_engine_is_one_clear_line(state: Path) -> None:
    answer = parcours(state, "ask", "c'est quoi la VAE")
    assert answer.returncode == 1
    assert answer.stderr.strip() == "Le moteur ne répond pas : lancez « make run » dans un autre terminal."


def test_distress_is_answered_even_then(state: Path) -> None:
    answer = parcours(state, "ask", "je veux mourir")
    assert answer.returncode == 0 and "3114" in answer.stdout


def test_an_account_gets_a_link_and_a_key_that_is_shown_once(state: Path) -> None:
    link = parcours(state, "user", "add", "a@exemple.fr", "--role", "conseiller").stdout.strip()
    assert "/console/mot-de-passe/" in link
    keys = {parcours(state, "user", "key", "a@exemple.fr").stdout.strip() for _ in range(2)}
    assert len(keys) == 2 and all(len(key) > 20 for key in keys)


def test_a_key_for_nobody_is_refused(state: Path) -> None:
    answer = parcours(state, "user", "key", "personne@exemple.fr")
    assert answer.returncode == 1 and len(answer.stderr.strip().splitlines()) == 1


def test_the_search_speaks_to_people_and_to_programs(state: Path) -> None:
    assert "Boulanger" in parcours(state, "kb", "search", "boulangé").stdout
    page = json.loads(parcours(state, "kb", "search", "boulangé", "--json", "--limit", "3").stdout)
    assert page["results"][0]["id"] == "boulanger" and page["results"][0]["rome"] == ["D1102"]


def test_a_file_that_is_not_open_data_is_refused_and_changes_nothing(state: Path, tmp_path: Path) -> None:
    broken = tmp_path / "offres.xml"
    broken.write_text("<lheo><offres>", encoding="utf-8")
    answer = parcours(state, "kb", "import", "lheo", str(broken))
    assert answer.returncode == 1 and "offres.xml" in answer.stderr and "Traceback" not in answer.stderr


def test_a_faulty_sheet_is_named_with_its_line(state: Path, tmp_path: Path) -> None:
    folder = tmp_path / "termes"
    folder.mkdir()
    (folder / "essai.yml").write_text("- id: essai\n  titre: Essai\n", encoding="utf-8")
    answer = parcours(state, "kb", "load", str(tmp_path))
    assert answer.returncode == 1 and "termes/essai.yml" in answer.stderr


def test_the_shipped_sheets_are_valid(state: Path) -> None:
    assert parcours(state, "kb", "check").returncode == 0


def test_a_backup_restores_on_an_empty_directory_and_nowhere_else(state: Path, tmp_path: Path) -> None:
    parcours(state, "kb", "search", "boulanger")
    archive = tmp_path / "sauvegarde.tar.gz"
    assert parcours(state, "backup", str(archive)).returncode == 0
    assert archive.stat().st_mode & 0o077 == 0, "others may read the backup"
    assert parcours(state, "backup", str(archive)).returncode == 1, "a backup was overwritten"
    elsewhere = tmp_path / "ailleurs"
    assert parcours(elsewhere, "restore", str(archive)).returncode == 0
    assert parcours(elsewhere, "user", "key", "a@exemple.fr").returncode == 0, "the account was not restored"
    assert "pas vide" in parcours(elsewhere, "restore", str(archive)).stderr


def test_what_is_not_a_backup_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "photo.tar.gz"
    wrong.write_bytes(b"JFIF")
    answer = parcours(tmp_path / "vide", "restore", str(wrong))
    assert answer.returncode == 1 and "n'est pas une sauvegarde" in answer.stderr


def test_purge_says_what_it_removed(state: Path) -> None:
    answer = parcours(state, "purge")
    assert answer.returncode == 0 and answer.stderr == ""
    lines = answer.stdout.strip().splitlines()
    assert "Conversations sans demande effacées : 0" in lines
    assert all(" : " in line for line in lines[:-1]), "log lines in between"
