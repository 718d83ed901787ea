"""A backup taken while the helpline runs, restored on an empty directory: the same answers, the same queue, the same people."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import uuid
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from channels.errors import NotFound
from channels.privacy.crypto import new_data_key
from channels.services import Services
from channels.settings import Settings
from parcours import backups, databases
from parcours.backup_check import verify
from parcours.errors import CommandFailed
from parcours.paths import ROOT
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway, trial_settings
from tests.integration.channels.talk import sms

QUESTION = "comment devenir boulanger"
ERASED, STOPPED = "+33639980001", "+33639980002"


def parcours(state: Path, *arguments: str, database: str = "") -> subprocess.CompletedProcess[str]:
    """`parcours …` beside it."""
    environment = {**os.environ, "PARCOURS_STATE_DIR": str(state), "PARCOURS_DATABASE_URL": database}
    return subprocess.run([sys.executable, "-m", "parcours", *arguments], cwd=ROOT, env=environment, text=True,
                          capture_output=True, check=False, timeout=600)


def somebody_waits(gateway: Gateway) -> str:
    """A citizen in the queue, an advisor; gives the advisor's key."""
    with httpx.Client(base_url=gateway.url, timeout=90) as client:
        token = client.post("/api/chat/sessions", json={}).json()["token"]
        for number, said in enumerate((QUESTION, "je veux parler à un conseiller")):
            headers = {"authorization": f"Bearer {token}", "idempotency-key": f"k{number}"}
            assert client.post("/api/chat/messages", json={"text": said}, headers=headers).status_code == 200

    async def key() -> str:
        await gateway.services.accounts.create("anne@exemple.fr", "conseiller", name="Anne")
        return await gateway.services.accounts.create_key("anne@exemple.fr")

    return gateway.call(key())


def seen(gateway: Gateway, key: str) -> dict[str, object]:
    """What a citizen finds and what an advisor sees: the search, the queue, the whole case."""
    with httpx.Client(base_url=gateway.url, timeout=90, headers={"authorization": f"Bearer {key}"}) as client:
        found = client.get("/api/kb/search", params={"q": QUESTION}).json()
        queue = client.get("/api/advisor/cases", params={"state": "queued"}).json()["cases"]
        case = client.get(f"/api/advisor/cases/{queue[0]['id']}").json()
    for item in (*queue, case):
        item.pop("waiting_seconds", None)
    return {"answers": found["results"], "queue": queue, "messages": case["messages"], "summary": case["summary"]}


def test_a_restore_answers_the_same_question_shows_the_same_queue_and_brings_back_nobody_who_was_erased(tmp_path: Path) -> None:
    archive, here, elsewhere = tmp_path / "sauvegarde.tar.gz", tmp_path / "ici", tmp_path / "ailleurs"
    with running_gateway(here) as gateway:
        key = somebody_waits(gateway)
        gone = gateway.call(gateway.services.chat.open_session()).session_id
        gateway.call(gateway.services.persons.erase(gone))
        before = seen(gateway, key)
        saved = parcours(here, "backup", str(archive))
        assert saved.returncode == 0, saved.stderr
    assert before["answers"] and before["queue"]
    restored = parcours(elsewhere, "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    again = Gateway(trial_settings(elsewhere), ScriptedEngine())  # only what the archive brought: no content of the fixture's
    again.start()
    try:
        assert seen(again, key) == before
        with pytest.raises(NotFound):
            again.call(again.services.persons.export(gone))
    finally:
        again.stop()


async def test_an_older_backup_brings_back_nobody_who_was_erased_since(tmp_path: Path) -> None:
    here, archive = trial_settings(tmp_path / "ici"), tmp_path / "avant.tar.gz"
    here.state_dir.mkdir()
    databases.upgrade(here)
    helpline = Services.open(here, ScriptedEngine())
    for number in (ERASED, STOPPED):
        await sms(helpline, "bonjour", sender=number)
    backups.backup(here, archive)
    await helpline.persons.erase(ERASED)
    await sms(helpline, "ARRET", sender=STOPPED)
    await helpline.stop()

    blind = parcours(tmp_path / "aveugle", "restore", str(archive))
    assert blind.returncode == 0 and "aucun registre" in blind.stderr
    assert parcours(tmp_path / "aveugle", "person", "export", ERASED).returncode == 0, "the backup did not hold this person"

    restored = parcours(tmp_path / "ailleurs", "restore", str(archive), "--erasures", str(here.erasures))
    assert restored.returncode == 0 and restored.stderr == ""
    assert "1 conversation(s) et 1 numéro(s) effacés, 1 STOP" in restored.stdout
    again = Services.open(trial_settings(tmp_path / "ailleurs"), ScriptedEngine())
    with pytest.raises(NotFound):
        await again.persons.export(ERASED)
    assert await again.opt_outs.is_out(STOPPED) and await again.persons.export(STOPPED)
    await again.stop()


def test_a_postgresql_database_is_saved_and_restored_into_an_empty_one(
    postgres_url: str, postgres_database: str, tmp_path: Path
) -> None:
    archive, other = tmp_path / "sauvegarde.tar.gz", f"restored_{uuid.uuid4().hex}"
    server = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {other}"))
    target = make_url(postgres_database).set(database=other).render_as_string(hide_password=False)
    added = parcours(tmp_path / "ici", "user", "add", "a@exemple.fr", "--role", "admin", database=postgres_database)
    assert added.returncode == 0, added.stderr
    assert parcours(tmp_path / "ici", "backup", str(archive), database=postgres_database).returncode == 0
    restored = parcours(tmp_path / "ailleurs", "restore", str(archive), database=target)
    assert restored.returncode == 0, restored.stderr
    assert parcours(tmp_path / "ailleurs", "user", "key", "a@exemple.fr", database=target).returncode == 0
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {other} WITH (FORCE)"))
    server.dispose()


def _saved(folder: Path, **settings: object) -> tuple[Settings, Path]:
    """A helpline with one number in it, and its backup."""
    here, archive = trial_settings(folder / "ici", **settings), folder / "sauvegarde.tar.gz"
    here.state_dir.mkdir()
    databases.upgrade(here)
    Services.open(here, ScriptedEngine()).db.close()
    backups.backup(here, archive)
    return here, archive


def test_a_backup_is_verified_without_touching_anything(tmp_path: Path) -> None:
    here, archive = _saved(tmp_path)
    before = sorted(path.name for path in here.state_dir.iterdir())
    said = verify(here, archive)
    assert "clés : dans la sauvegarde" in said and "les clés ouvrent cette base" in said
    assert sorted(path.name for path in here.state_dir.iterdir()) == before


def test_keys_of_the_settings_are_in_no_backup_and_another_key_is_found_out(tmp_path: Path) -> None:
    here, archive = _saved(tmp_path, data_keys=new_data_key())
    with tarfile.open(archive) as opened:
        assert not any(name.endswith(".key") for name in opened.getnames())
    assert any("gardées à part" in line for line in verify(here, archive))
    with pytest.raises(CommandFailed, match="clé des données"):
        verify(here.model_copy(update={"data_keys": new_data_key()}), archive)


def test_a_damaged_backup_is_found_out_before_it_is_needed(tmp_path: Path) -> None:
    here, archive = _saved(tmp_path)
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path / "dedans", filter="data")
    database = tmp_path / "dedans" / "conversations.sqlite3"
    content = bytearray(database.read_bytes())
    content[4096:12288] = os.urandom(8192)
    database.write_bytes(content)
    with tarfile.open(tmp_path / "abimee.tar.gz", "w:gz") as packed:
        for path in sorted((tmp_path / "dedans").iterdir()):
            packed.add(path, arcname=path.name)
    with pytest.raises(CommandFailed, match="abîmée"):
        verify(here, tmp_path / "abimee.tar.gz")


def test_a_second_restore_into_the_same_folder_is_refused(tmp_path: Path) -> None:
    _, archive = _saved(tmp_path)
    there = trial_settings(tmp_path / "ailleurs")
    (there.state_dir / "keys").mkdir(parents=True)
    with pytest.raises(CommandFailed, match="n'est pas vide"):
        backups.restore(there, archive)


def wicked(file: Path, name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> Path:
    """An archive with one member that is not ours, before one that could be."""
    with tarfile.open(file, "w:gz") as archive:
        for path, type_ in ((name, kind), ("conversations.sqlite3", tarfile.REGTYPE)):
            member = tarfile.TarInfo(path)
            member.type, member.linkname = type_, link if type_ != tarfile.REGTYPE else ""
            member.size = 3 if type_ == tarfile.REGTYPE else 0
            archive.addfile(member, io.BytesIO(b"abc"))
    return file


@pytest.mark.parametrize(("name", "kind", "link"), [
    ("../dehors.sqlite3", tarfile.REGTYPE, ""), ("/tmp/dehors.sqlite3", tarfile.REGTYPE, ""),
    ("keys/../../dehors.sqlite3", tarfile.REGTYPE, ""), ("keys", tarfile.SYMTYPE, "/etc"),
    ("conversations.sqlite3", tarfile.LNKTYPE, "/etc/passwd"), ("tube", tarfile.FIFOTYPE, "")])
def test_an_archive_that_reaches_out_of_its_folder_is_refused(tmp_path: Path, name: str, kind: bytes, link: str) -> None:
    archive = wicked(tmp_path / "piege.tar.gz", name, kind, link)
    with pytest.raises(CommandFailed, match="pas une sauvegarde lisible"):
        backups.restore(trial_settings(tmp_path / "etat" / "vide"), archive)
    assert not (tmp_path / "etat" / "dehors.sqlite3").exists() and not list((tmp_path / "etat" / "vide").iterdir())


def test_a_backup_that_cannot_be_written_says_so_in_one_line(tmp_path: Path) -> None:
    assert parcours(tmp_path / "ici", "db", "upgrade").returncode == 0
    answer = parcours(tmp_path / "ici", "backup", str(tmp_path / "absent" / "x.tgz"))
    assert answer.returncode == 1 and len(answer.stderr.strip().splitlines()) == 1 and "n'existe pas" in answer.stderr
