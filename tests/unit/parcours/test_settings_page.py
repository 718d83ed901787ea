"""Every setting is documented, with its default, by the code's own declarations."""

from __future__ import annotations

from parcours.paths import ROOT
from parcours.settings_page import settings_page


def test_the_committed_page_is_what_the_code_declares() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page()


def test_no_setting_goes_without_a_word() -> None:
    rows = [row for row in settings_page().splitlines() if row.startswith("| `")]
    assert rows and all(len(row.split("|")[3].strip()) > 10 for row in rows)


def test_the_variables_of_the_contract_are_there() -> None:
    page = settings_page()
    for name in ("PARCOURS_PORT", "PARCOURS_HOST", "PARCOURS_DATABASE_URL", "PARCOURS_REDIS_URL", "PARCOURS_PUBLIC_URL",
                 "PARCOURS_TWILIO_API_URL", "PARCOURS_STATE_DIR", "PARCOURS_OPENING", "PARCOURS_RATE_LIMIT",
                 "PARCOURS_HELPLINE_NUMBER", "PARCOURS_ADVISOR_NUMBER", "PARCOURS_ONCALL_SMS", "PARCOURS_SMTP_URL",
                 "PARCOURS_DATA_KEYS", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_FROM"):
        assert f"`{name}`" in page
