"""What the trained model depends on, as one short hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

# The lessons of data/questions are read at each training but do not ask for one: a new message is the ranking's business first.
SOURCES = ("config.yml", "domain.yml", "data", "bot/components", "bot/language", "bot/understanding", "bot/lessons.py",
           "bot/importer.py", "bot/requirements.txt", "language/fold.py")


def _files(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        path = root / name
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix in {".yml", ".py", ".txt"} and p.is_file())


def training_fingerprint(root: Path) -> str:
    """Sixteen hexadecimal characters that change when anything that training reads changes.

    Args:
        root: the checkout, holding config.yml, domain.yml, data/ and bot/.
    """
    digest = hashlib.sha256()
    for path in _files(root):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
