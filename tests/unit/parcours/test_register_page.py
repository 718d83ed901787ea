"""The register says everything that is kept, and the committed page is what the code declares."""

from __future__ import annotations

from channels.privacy.register import REGISTER
from channels.privacy.retention import _PURGES
from channels.settings import Settings
from parcours.paths import ROOT
from parcours.register_page import encrypted_columns, register_page


def test_the_committed_page_is_what_the_code_declares() -> None:
    assert (ROOT / "docs" / "registre.md").read_text("utf-8") == register_page()


def test_every_table_that_holds_something_personal_is_in_the_register() -> None:
    declared = {table for entry in REGISTER for table in entry.tables}
    assert set(encrypted_columns()) <= declared


def test_every_period_is_a_setting_that_the_purge_applies() -> None:
    for entry in REGISTER:
        assert (entry.setting is None) == bool(entry.until), entry.name
        assert entry.setting is None or (entry.setting in Settings.model_fields and entry.name in _PURGES)
