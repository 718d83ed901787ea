"""The folder tells what a line may touch (CONTRIBUTING.md, « Import rules »)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {"actions", "bot", "channels", "evaluation", "knowledge_base", "parcours"}
MAY_IMPORT = {
    "knowledge_base": {"knowledge_base"},
    "bot": {"bot"},
    "actions": {"actions", "knowledge_base"},
    "channels": {"channels", "knowledge_base"},
    "parcours": {"actions", "channels", "knowledge_base", "parcours"},
    "evaluation": {"evaluation", "knowledge_base", "parcours"},  # and the tests: how they start a helpline and talk to it
}
TRANSPORTS = ("webchat", "public", "sms", "phone", "console")
WEB_LIBRARIES = {"fastapi", "starlette", "twilio", "sse_starlette"}


def _files(package: str) -> list[Path]:
    # bot/.venv holds tens of thousands of files: not even walked.
    folders = [ROOT / package, *(path for path in (ROOT / package).iterdir() if path.is_dir() and path.name != ".venv")]
    return [*folders[0].glob("*.py"), *(path for folder in folders[1:] for path in folder.rglob("*.py"))]


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module


def _top(module: str) -> str:
    return module.split(".")[0]


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_a_package_imports_only_what_its_folder_may_touch(package: str) -> None:
    assert _files(package), f"{package} has no Python file"
    wrong = [f"{path.relative_to(ROOT)}:{line} imports {module}"
             for path in _files(package) for line, module in _imports(path)
             if _top(module) in OURS and _top(module) not in MAY_IMPORT[package]]
    assert wrong == []


def test_inside_channels_only_the_application_and_the_transports_know_fastapi_or_twilio() -> None:
    wrong = [f"{path.relative_to(ROOT)}:{line} imports {module}"
             for path in _files("channels") for line, module in _imports(path)
             if _top(module) in WEB_LIBRARIES and not _is_transport(path)]
    assert wrong == []


def _is_transport(path: Path) -> bool:
    inside = path.relative_to(ROOT / "channels")
    return inside.parts[0] in TRANSPORTS or str(inside) == "app.py"


def test_no_source_file_is_longer_than_four_hundred_lines() -> None:
    long = {f"{path.relative_to(ROOT)}": count for package in (*OURS, "tests")
            for path in _files(package) if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert long == {}
