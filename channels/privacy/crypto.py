"""Encryption at rest with rotating keys, and keyed hashes to find an encrypted value again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from channels.errors import Invalid
from channels.settings import Settings

_LOOK_EVERY = 1.0  # seconds between two looks at the file of keys


class Keyring:
    """The keys of one installation. The first data key encrypts; all of them decrypt. The look-up key never rotates.

    With `source`, the data keys lie in that file and are read again when it changes: keys rotate while the processes run.
    """

    def __init__(self, data_keys: str, lookup_key: str, source: Path | None = None) -> None:
        self.lookup_key = lookup_key.encode()
        self.source = source
        self._read_at = 0
        self._looked_at = 0.0
        self._keys = _fernets(data_keys)

    @classmethod
    def from_settings(cls, settings: Settings) -> Keyring:
        """Keys from PARCOURS_DATA_KEYS, else made once and kept in the state directory, readable by the owner only.

        Raises:
            Invalid: PARCOURS_DATA_KEYS holds no valid keys.
        """
        folder = settings.state_dir / "keys"
        lookup = settings.lookup_key or _kept(folder / "lookup.key", lambda: secrets.token_urlsafe(32))
        if settings.data_keys:
            try:
                return cls(settings.data_keys, lookup)
            except ValueError as error:
                raise Invalid("PARCOURS_DATA_KEYS ne contient pas de clés valables (32 octets en base 64).") from error
        source = folder / "data.key"
        return cls(_kept(source, new_data_key), lookup, source)

    @classmethod
    def from_text(cls, data_keys: str, lookup_key: str) -> Keyring:
        """`data_keys`: Fernet keys separated by commas or spaces, newest first.

        Raises:
            ValueError: no key, or one that is not 32 bytes in URL-safe base64.
        """
        return cls(data_keys, lookup_key)

    @classmethod
    def ephemeral(cls) -> Keyring:
        """New keys that nobody keeps: for tests and trials."""
        return cls(new_data_key(), secrets.token_urlsafe(32))

    def encrypt(self, text: str) -> str:
        """Fernet token of the text, ASCII."""
        self.follow()
        return self._keys[0].encrypt(text.encode()).decode("ascii")

    def decrypt(self, token: str) -> str:
        """The text of a token.

        Raises:
            cryptography.fernet.InvalidToken: no key of this ring made it.
        """
        try:
            return MultiFernet(self._keys).decrypt(token.encode("ascii")).decode()
        except InvalidToken:
            # Another process may have added a key a moment ago.
            self.follow(now=True)
            return MultiFernet(self._keys).decrypt(token.encode("ascii")).decode()

    def rotate(self, token: str) -> str:
        """The same content under the newest key; the same token when it is under it already."""
        self.follow()
        try:
            self._keys[0].decrypt(token.encode("ascii"))
        except InvalidToken:
            return MultiFernet(self._keys).rotate(token.encode("ascii")).decode("ascii")
        return token

    def lookup(self, value: str) -> str:
        """Keyed hash by which an encrypted value is found (phone number in E.164, e-mail in lower case)."""
        digest = hmac.new(self.lookup_key, value.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")

    def follow(self, *, now: bool = False) -> None:
        """Reads the file of keys again when it changed; looks at it once a second at most."""
        if self.source is None or (not now and time.monotonic() - self._looked_at < _LOOK_EVERY):
            return
        self._looked_at = time.monotonic()
        changed = self.source.stat().st_mtime_ns
        if changed != self._read_at:
            self._keys, self._read_at = _fernets(self.source.read_text()), changed


def _fernets(data_keys: str) -> list[Fernet]:
    keys = [Fernet(key) for key in data_keys.replace(",", " ").split()]
    if not keys:
        raise ValueError("no data key")
    return keys


def new_data_key() -> str:
    """A Fernet key as text."""
    return Fernet.generate_key().decode("ascii")


def _kept(path: Path, make: Callable[[], str]) -> str:
    """Reads the file, or makes it (0600, never overwritten when two processes start at once)."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
        try:
            os.link(draft, path)  # atomic, and fails when another process was first
        except FileExistsError:
            return path.read_text().strip()
        finally:
            draft.unlink()
    return path.read_text().strip()


def new_secret() -> str:
    """A token for people or links: 256 random bits."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """A random identifier: 128 bits, 32 hexadecimal digits."""
    return secrets.token_hex(16)


def fingerprint(secret: str) -> str:
    """What is stored of a token of ours: SHA-256 is enough, the token is random."""
    return hashlib.sha256(secret.encode()).hexdigest()
