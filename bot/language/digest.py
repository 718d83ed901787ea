"""Digests of what a model is made from: of everything that turns a sentence into features, and of sentences themselves."""

from __future__ import annotations

import hashlib
from pathlib import Path

BOT = Path(__file__).resolve().parents[1]
FOLDERS = ("language", "understanding")


def folder_digest(folder: Path) -> str:
    """SHA-256 (first 16 hexadecimal digits) of a folder's YAML files."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def language_digest() -> str:
    """SHA-256 (hexadecimal) of the rules, word files and model code."""
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for path in sorted((BOT / folder).rglob("*")):
            if path.suffix in {".py", ".yml"}:
                digest.update(str(path.relative_to(BOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
