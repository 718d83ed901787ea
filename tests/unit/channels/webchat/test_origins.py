"""Which sites may embed the chat."""

from __future__ import annotations

import pytest

from channels.webchat.origins import Origins

OWN = "https://aide.exemple.fr"
SETTING = "https://www.region.fr/, lycees=https://*.lycees.fr, lycees=http://localhost:3000"


@pytest.mark.parametrize(("origin", "key", "allowed"), [
    ("https://www.region.fr", None, True), ("https://www.region.fr", "lycees", True), ("https://region.fr", None, False),
    ("https://a.lycees.fr", "lycees", True), ("https://a.b.lycees.fr", "lycees", True), ("https://a.lycees.fr", None, False),
    ("https://lycees.fr", "lycees", False), ("https://xlycees.fr", "lycees", False), ("http://a.lycees.fr", "lycees", False),
    ("http://localhost:3000", "lycees", True), ("http://localhost:3001", "lycees", False), ("null", "lycees", False),
    (OWN, None, True), ("", None, True)])
def test_an_origin_and_a_site_key_go_together(origin: str, key: str | None, allowed: bool) -> None:
    assert Origins(SETTING, OWN).may_open(origin, key) is allowed


def test_an_origin_of_any_key_is_known() -> None:
    origins = Origins(SETTING, OWN)
    assert origins.known("https://a.lycees.fr") and not origins.known("https://ailleurs.fr")


def test_without_a_setting_every_site_is_allowed() -> None:
    assert Origins("", OWN).may_open("https://ailleurs.fr", None) and Origins(" , ", OWN).known("null")
