"""The folder tells what a line may touch (CONTRIBUTING.md, « Import rules »)."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = {"actions", "bot", "channels", "clock", "evaluation", "knowledge_base", "language", "parcours"}
# Everybody may read the time. `language` is pure: what both environments may read.
MAY_IMPORT = {
    "clock": {"clock"},
    "language": {"language"},
    "knowledge_base": {"knowledge_base", "language", "clock"},
    "bot": {"bot", "language", "clock"},
    "actions": {"actions", "knowledge_base", "language", "clock"},
    "channels": {"channels", "knowledge_base", "language", "clock"},
    "parcours": OURS - {"bot", "evaluation"},
    # And the tests: how they start a helpline and talk to it.
    "evaluation": {"evaluation", "knowledge_base", "parcours", "language", "clock"},
}
TRANSPORTS = ("webchat", "public", "sms", "phone", "console")
# What transports share of a framework or of a provider.
SHARED = ("web", "telecom")
WEB_LIBRARIES = {"fastapi", "starlette", "twilio"}
MOST_LOOSE_MODULES = 8


def _files(package: str) -> list[Path]:
    if (ROOT / f"{package}.py").is_file():
        return [ROOT / f"{package}.py"]
    if not (ROOT / package).is_dir():
        return []
    # bot/.venv holds tens of thousands of files: not even walked.
    folders = [path for path in (ROOT / package).iterdir() if path.is_dir() and path.name != ".venv"]
    return [*(ROOT / package).glob("*.py"), *(path for folder in folders for path in folder.rglob("*.py"))]


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _top(module: str) -> str:
    return module.split(".")[0]


def _wrong(package: str, forbidden: Callable[[Path, str], bool]) -> list[str]:
    return sorted({f"{path.relative_to(ROOT)}:{line} imports {module}"
                   for path in _files(package) for line, module in _imports(path) if forbidden(path, module)})


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_a_package_imports_only_what_its_folder_may_touch(package: str) -> None:
    assert _files(package), f"{package} has no Python file"
    assert _wrong(package, lambda _, module: _top(module) in OURS and _top(module) not in MAY_IMPORT[package]) == []


def test_inside_channels_only_the_application_and_the_transports_know_fastapi_or_twilio() -> None:
    assert _wrong("channels", lambda path, module: _top(module) in WEB_LIBRARIES and _room(path) not in {
        *TRANSPORTS, *SHARED, "app.py"}) == []


def test_a_transport_imports_the_domains_and_never_another_transport() -> None:
    assert _wrong("channels", lambda path, module: _room(path) in TRANSPORTS
                  and _transport_of(module) not in {None, _room(path)}) == []


def test_no_domain_imports_a_transport_or_what_transports_share() -> None:
    assert _wrong("channels", lambda path, module: _room(path) not in {*TRANSPORTS, "app.py"} and (
        _transport_of(module) is not None or (_room(path) not in SHARED and _is_under(module, SHARED)))) == []


def test_the_root_of_channels_holds_few_loose_modules() -> None:
    loose = sorted(path.name for path in (ROOT / "channels").glob("*.py"))
    assert len(loose) <= MOST_LOOSE_MODULES, loose


def _room(path: Path) -> str:
    return path.relative_to(ROOT / "channels").parts[0]


def _transport_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "channels" and parts[1] in TRANSPORTS else None


def _is_under(module: str, rooms: tuple[str, ...]) -> bool:
    return any(module == f"channels.{room}" or module.startswith(f"channels.{room}.") for room in rooms)


def test_no_source_file_is_longer_than_four_hundred_lines() -> None:
    long = {f"{path.relative_to(ROOT)}": count for package in (*OURS, "tests")
            for path in _files(package) if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert long == {}
