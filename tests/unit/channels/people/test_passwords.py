"""Passwords: what guessing one costs, whatever the suite pays for its own."""

from __future__ import annotations

import runpy

from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from channels.people import passwords


async def test_a_password_is_right_for_its_own_hash_only() -> None:
    kept = await passwords.hashed("un mot de passe assez long")
    assert await passwords.is_right(kept, "un mot de passe assez long")
    assert not await passwords.is_right(kept, "un autre mot de passe")
    assert not await passwords.is_right(None, "un mot de passe assez long")


def test_the_shipped_hashing_is_slow_on_purpose() -> None:
    shipped = runpy.run_path(passwords.__file__)["_hasher"]
    assert isinstance(shipped, PasswordHasher)
    assert extract_parameters(shipped.hash("un mot de passe assez long")) == RFC_9106_LOW_MEMORY
