"""The token that the gateway shows to the engine: made once, kept beside the databases, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def engine_token(state_dir: Path) -> str:
    """Reads the token, or makes it (32 random bytes, mode 0600)."""
    path = state_dir / "engine.token"
    state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        token = secrets.token_urlsafe(32)
        file.write(token)
    return token
