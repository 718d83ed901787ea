"""One digest of everything that turns a sentence into features, so that a trained model is not reused after an edit."""

from __future__ import annotations

import hashlib
from pathlib import Path

BOT = Path(__file__).resolve().parents[1]
FOLDERS = ("language", "understanding")


def language_digest() -> str:
    """SHA-256 (hexadecimal) of the rules, word files and model code."""
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for path in sorted((BOT / folder).rglob("*")):
            if path.suffix in {".py", ".yml"}:
                digest.update(str(path.relative_to(BOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
