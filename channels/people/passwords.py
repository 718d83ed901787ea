"""Passwords of the console: argon2id, slow on purpose, so each call has its own thread; none that is easy to guess."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn import zxcvbn

from channels.errors import Invalid
from channels.privacy.crypto import new_secret

SHORTEST = 12
_LONGEST = 256
# zxcvbn's scale is 0 to 4: only its best withstands somebody who holds the hash for a while. It reads so many characters.
_GUESSED_UNDER, _READ = 4, 72
_OURS = ("parcours", "metiers", "normandie", "orientation", "conseiller")
_hasher = PasswordHasher()


async def hashed(password: str, about: Sequence[str] = ()) -> str:
    """The hash to keep. `about`: words that others would try for this person (address, name).

    Raises:
        Invalid: too short or too long, or easy to guess: a common password, a repetition, words of the person or of the service.
    """
    if not SHORTEST <= len(password) <= _LONGEST:
        raise Invalid(f"Le mot de passe doit avoir de {SHORTEST} à {_LONGEST} caractères.")
    if await asyncio.to_thread(_is_guessed, password, about):
        raise Invalid("Ce mot de passe est trop facile à deviner. Choisissez plutôt quelques mots sans lien entre eux.")
    return await asyncio.to_thread(_hasher.hash, password)


async def is_right(kept: str | None, password: str) -> bool:
    """Whether it is the password of this hash; None (no account, no password yet) is wrong, and takes as long."""
    return await asyncio.to_thread(_verify, kept or _nobody(), password[:_LONGEST])


def _is_guessed(password: str, about: Sequence[str]) -> bool:
    words = [word for text in about for word in text.lower().replace("@", " ").replace(".", " ").split()]
    return int(zxcvbn(password[:_READ], user_inputs=[*_OURS, *words])["score"]) < _GUESSED_UNDER


@cache
def _nobody() -> str:
    return _hasher.hash(new_secret())


def _verify(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
