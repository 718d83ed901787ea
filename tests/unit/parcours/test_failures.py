"""Whatever went wrong, the operator reads a sentence, and never a secret."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from cryptography.fernet import InvalidToken
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from channels.settings import Settings
from parcours.failures import sentence


def test_a_wrong_setting_is_named_and_its_value_is_not_shown() -> None:
    with pytest.raises(ValidationError) as raised:
        Settings(_env_file=None, port="un secret", keep_case_days=0)  # type: ignore[call-arg,arg-type]
    said = sentence(raised.value)
    assert "PARCOURS_PORT" in said and "PARCOURS_KEEP_CASE_DAYS" in said and "un secret" not in said


@pytest.mark.parametrize(("reason", "words"), [
    ("database or disk is full", "disque est plein"), ("database is locked", "occupée"),
    ('FATAL: password authentication failed for user "x"', "refuse ce compte"),
    ("unable to open database file", "ouvert en écriture"),
    ("connection refused", "ne répond pas")])
def test_a_database_in_trouble_says_what_to_look_at(reason: str, words: str) -> None:
    error = OperationalError("INSERT INTO message VALUES (:text)", {"text": "un secret"}, sqlite3.OperationalError(reason))
    assert words in sentence(error) and "un secret" not in sentence(error)


def test_files_and_keys_are_told_apart() -> None:
    assert sentence(FileNotFoundError(errno.ENOENT, "x", "horaires.yml")) == "« horaires.yml » n'existe pas."
    assert "disque est plein" in sentence(OSError(errno.ENOSPC, "x", "sauvegarde.tgz"))
    assert "autre clé" in sentence(InvalidToken())
    assert sentence(KeyError("un secret")).startswith("Échec inattendu (KeyError)")
