"""What the trained model depends on, as one short hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence, Set
from pathlib import Path

# The lessons of data/questions are read at each training but do not ask for one: a new message is the ranking's business first.
SOURCES = ("config.yml", "domain.yml", "data", "bot/components", "bot/language", "bot/understanding", "bot/lessons.py",
           "bot/importer.py", "bot/requirements.txt", "language/fold.py")


NET_SOURCES = ("data/distress", "data/acts", "data/questions", "channels/safety/patterns/spelling.yml",
               "channels/safety/patterns/keywords.yml",
               *(f"channels/safety/{name}.py" for name in (
                   "features", "pieces", "learning", "net", "lists", "plain_french", "sounds")))
_SUFFIXES = frozenset({".yml", ".py", ".txt"})


def _files(root: Path, sources: Sequence[str], suffixes: Set[str]) -> Iterator[Path]:
    for name in sources:
        path = root / name
        if path.is_file():
            yield path
        elif path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix in suffixes and p.is_file())


def training_fingerprint(root: Path) -> str:
    """Sixteen hexadecimal characters that change when anything that training reads changes.

    Args:
        root: the checkout, holding config.yml, domain.yml, data/ and bot/.
    """
    return _digest(root, SOURCES, _SUFFIXES)


def net_fingerprint(root: Path) -> str:
    """The same for the net of distress."""
    return _digest(root, NET_SOURCES, _SUFFIXES | {".jsonl"})


def _digest(root: Path, sources: Sequence[str], suffixes: Set[str]) -> str:
    digest = hashlib.sha256()
    for path in _files(root, sources, suffixes):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
