"""Passwords of the console: argon2id, slow on purpose, so each call has its own thread."""

from __future__ import annotations

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from channels.errors import Invalid
from channels.privacy.crypto import new_secret

SHORTEST = 12
_LONGEST = 256
_hasher = PasswordHasher()


async def hashed(password: str) -> str:
    """The hash to keep.

    Raises:
        Invalid: too short or too long.
    """
    if not SHORTEST <= len(password) <= _LONGEST:
        raise Invalid(f"Le mot de passe doit avoir au moins {SHORTEST} caractères.")
    return await asyncio.to_thread(_hasher.hash, password)


async def is_right(kept: str | None, password: str) -> bool:
    """Whether it is the password of this hash; None (no account, no password yet) is wrong, and takes as long."""
    return await asyncio.to_thread(_verify, kept or _nobody(), password[:_LONGEST])


@cache
def _nobody() -> str:
    return _hasher.hash(new_secret())


def _verify(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
