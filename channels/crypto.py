"""Encryption at rest with rotating keys, and keyed hashes to find an encrypted value again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet

from channels.settings import Settings


@dataclass(frozen=True)
class Keyring:
    """The keys of one installation. The first data key encrypts; all of them decrypt. The look-up key never rotates."""

    fernet: MultiFernet
    lookup_key: bytes

    @classmethod
    def from_settings(cls, settings: Settings) -> Keyring:
        """Keys from PARCOURS_DATA_KEYS, else made once and kept in the state directory, readable by the owner only."""
        folder = settings.state_dir / "keys"
        data = settings.data_keys or _kept(folder / "data.key", lambda: Fernet.generate_key().decode())
        lookup = settings.lookup_key or _kept(folder / "lookup.key", lambda: secrets.token_urlsafe(32))
        return cls.from_text(data, lookup)

    @classmethod
    def from_text(cls, data_keys: str, lookup_key: str) -> Keyring:
        """`data_keys`: Fernet keys separated by commas or spaces, newest first.

        Raises:
            ValueError: no key, or one that is not 32 bytes in URL-safe base64.
        """
        keys = data_keys.replace(",", " ").split()
        return cls(MultiFernet([Fernet(key) for key in keys]), lookup_key.encode())

    @classmethod
    def ephemeral(cls) -> Keyring:
        """New keys that nobody keeps: for tests and trials."""
        return cls.from_text(Fernet.generate_key().decode(), secrets.token_urlsafe(32))

    def encrypt(self, text: str) -> str:
        """Fernet token of the text, ASCII."""
        return self.fernet.encrypt(text.encode()).decode("ascii")

    def decrypt(self, token: str) -> str:
        """The text of a token.

        Raises:
            cryptography.fernet.InvalidToken: no key of this ring made it.
        """
        return self.fernet.decrypt(token.encode("ascii")).decode()

    def rotate(self, token: str) -> str:
        """The same content under the newest key."""
        return self.fernet.rotate(token.encode("ascii")).decode("ascii")

    def lookup(self, value: str) -> str:
        """Keyed hash by which an encrypted value is found (phone number in E.164, e-mail in lower case)."""
        digest = hmac.new(self.lookup_key, value.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


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
