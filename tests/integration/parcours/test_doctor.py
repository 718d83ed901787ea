"""`parcours doctor` finds what is wrong before it hurts, and changes nothing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from channels.operation import troubles
from channels.privacy.crypto import new_data_key
from channels.services import Services
from channels.settings import Settings
from clock import PARIS
from parcours.doctor import examine
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import trial_settings
from tests.ports import free_port

MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=PARIS)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A helpline that was opened once and is stopped now."""
    chosen = trial_settings(tmp_path / "state")
    Services.open(chosen, ScriptedEngine()).db.close()
    return chosen


def bad(settings: Settings, **changes: object) -> dict[str, str]:
    """What is not good, by name."""
    with time_machine.travel(MONDAY, tick=True):
        return {check.name: check.said for check in examine(settings.model_copy(update=changes)) if not check.good}


def test_of_a_stopped_helpline_it_says_that_it_is_stopped_has_no_contact_and_no_backup(settings: Settings) -> None:
    before = sorted(path.name for path in settings.state_dir.rglob("*"))
    assert set(bad(settings)) == {"service", "contact de secours", "sauvegarde"}
    assert sorted(path.name for path in settings.state_dir.rglob("*")) == before


def test_other_keys_than_the_database_s_are_found(settings: Settings) -> None:
    assert "clé des données" in bad(settings, data_keys=new_data_key())["clés"]


def test_a_full_disk_a_ledger_that_cannot_be_written_and_an_old_backup_are_found(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(troubles, "DISK_LEAST", 10 ** 18)
    (settings.state_dir / troubles.BACKUP_FILE).write_text(json.dumps({"at": "2026-11-20T03:00:00+01:00"}))
    found = bad(settings, erasures_dir=str(tmp_path / "nowhere" / "deeper"))
    assert {"disque", "registre des effacements"} <= set(found)
    assert "247 h" in found["sauvegarde"]


def test_mail_provider_redis_and_certificate_that_do_not_answer_are_found(settings: Settings) -> None:
    port = free_port()
    found = bad(settings, smtp_url=f"smtp://127.0.0.1:{port}", redis_url=f"redis://127.0.0.1:{port}/0",
                public_url=f"https://127.0.0.1:{port}", twilio_account_sid="AC0", twilio_auth_token="secret",
                twilio_api_url=f"http://127.0.0.1:{port}")
    assert {"courriel", "Redis", "certificat", "prestataire SMS"} <= set(found)
