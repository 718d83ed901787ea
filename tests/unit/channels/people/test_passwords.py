"""Passwords: what guessing one costs, whatever the suite pays for its own."""

from __future__ import annotations

import runpy

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from channels.errors import Invalid
from channels.people import passwords


async def test_a_password_is_right_for_its_own_hash_only() -> None:
    kept = await passwords.hashed("un mot de passe assez long")
    assert await passwords.is_right(kept, "un mot de passe assez long")
    assert not await passwords.is_right(kept, "un autre mot de passe")
    assert not await passwords.is_right(None, "un mot de passe assez long")


@pytest.mark.parametrize("guessed", [
    "aaaaaaaaaaaa", "motdepasse123", "normandie2026", "parcours-metiers", "azertyuiopqs", "123456789012", "annelefevre1"])
async def test_a_password_that_is_easy_to_guess_is_refused(guessed: str) -> None:
    with pytest.raises(Invalid, match="facile à deviner"):
        await passwords.hashed(guessed, ("anne.lefevre@exemple.fr", "Anne Lefèvre"))


async def test_four_words_without_a_link_are_a_good_password() -> None:
    assert await passwords.hashed("cheval orange pluie tambour", ("anne@exemple.fr", "Anne"))


def test_the_shipped_hashing_is_slow_on_purpose() -> None:
    shipped = runpy.run_path(passwords.__file__)["_hasher"]
    assert isinstance(shipped, PasswordHasher)
    assert extract_parameters(shipped.hash("un mot de passe assez long")) == RFC_9106_LOW_MEMORY
