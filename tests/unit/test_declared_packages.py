"""What pyproject.toml declares is used: imported, read as a resource, or needed in a way that is said here."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = ("actions", "channels", "evaluation", "knowledge_base", "language", "parcours")
# Needed without a line of ours that imports them.
USED_OTHERWISE = {
    "uvicorn": "parcours/processes.py starts the gateway with `python -m uvicorn`",
    "python-multipart": "FastAPI reads forms and uploads with it",
    "psycopg": "SQLAlchemy's driver of PostgreSQL (`postgresql+psycopg://`)",
    "tzdata": "zoneinfo reads Europe/Paris there on a machine without its own",
    "defusedxml": "openpyxl reads workbooks with it when it is there",
    "setuptools": "builds the editable install without a network",
    "wheel": "builds the editable install without a network",
    "pytest-asyncio": "plugin of pytest",
    "pytest-xdist": "plugin of pytest",
    "pytest-timeout": "plugin of pytest",
    "ruff": "make lint",
    "mypy": "make lint",
    "pip-audit": "make audit",
}


def _requirements(lines: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!;~ ]", line)[0].lower() for line in lines}


def _declared() -> tuple[set[str], set[str]]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return _requirements(table["project"]["dependencies"]), _requirements(table["dependency-groups"]["dev"])


def _files(*folders: str) -> Iterator[Path]:
    yield from (path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _read(path: Path) -> Iterator[str]:
    """The top modules that a file imports, and the packages whose files it reads as resources."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "files":
            yield from (str(named.value) for named in node.args if isinstance(named, ast.Constant))


def _used(*folders: str) -> set[str]:
    """The distributions behind what these folders read."""
    modules = {module for path in _files(*folders) for module in _read(path)}
    installed = packages_distributions()
    return {name.lower().replace("_", "-") for module in modules for name in installed.get(module, ())}


def _typed(name: str) -> bool:
    """Stubs are read by mypy alone."""
    return name.startswith("types-") or name.endswith("-stubs")


def test_what_production_declares_is_imported_read_or_needed_for_a_reason() -> None:
    declared, _ = _declared()
    assert declared - _used(*PRODUCTION) - set(USED_OTHERWISE) == set()


def test_what_development_declares_is_used_by_tests_or_needed_for_a_reason() -> None:
    _, declared = _declared()
    unused = declared - _used(*PRODUCTION, "tests", "bot/evaluation") - set(USED_OTHERWISE)
    assert {name for name in unused if not _typed(name)} == {"pytest"} - _used("tests")


def test_a_reason_is_given_for_nothing_that_is_imported_or_no_longer_declared() -> None:
    declared = set().union(*_declared())
    assert set(USED_OTHERWISE) <= declared
    assert set(USED_OTHERWISE) & _used(*PRODUCTION) == set()
