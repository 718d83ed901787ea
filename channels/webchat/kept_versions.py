"""Earlier states of the widget, on disk: a site that pinned one by its integrity goes on working after an update."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import Protocol

from channels.web.files import ServedFile

_VERSION = re.compile(r"[0-9a-f]{16}")
_NAME = re.compile(r"[a-z_]+\.(js|json)")
_TYPES = {".js": "text/javascript; charset=utf-8", ".json": "application/json"}


class Version(Protocol):
    """What is kept of a version."""

    @property
    def version(self) -> str: ...

    @property
    def files(self) -> dict[str, ServedFile]: ...


def keep(version: Version, state_dir: Path) -> None:
    """Writes the files of a version, once. Complete or not at all: written beside, then renamed."""
    folder = state_dir / "widget" / version.version
    if folder.exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix="new-", dir=folder.parent))
    for name, file in version.files.items():
        (beside / name).write_bytes(file.body)
    try:
        beside.rename(folder)
    except OSError:  # another process was first
        shutil.rmtree(beside)


def kept(version: str, name: str, state_dir: Path) -> ServedFile | None:
    """A file of a version that was kept; None when there is none."""
    if not _VERSION.fullmatch(version) or not _NAME.fullmatch(name):
        return None
    path = state_dir / "widget" / version / name
    return ServedFile(path.read_bytes(), _TYPES[path.suffix]) if path.is_file() else None
