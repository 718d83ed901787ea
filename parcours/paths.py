"""Where the project's own files are, seen from an installed checkout."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINE_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
CONTENT = ROOT / "knowledge_base" / "content"
