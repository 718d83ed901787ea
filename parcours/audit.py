"""Asks the vulnerability services about the locked requirements: `make audit`.

A service that cannot be reached is said, not hidden. Exit status 1 when a vulnerability is known in what faces the internet; the
engine's own pins are listed, and excused in docs/security.md.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import Any

from parcours.paths import ROOT

_REACHED_NOT = "AUDIT NON FAIT : le service de vulnérabilités de {} n'a pas pu être joint. Rien n'a été vérifié."


def main() -> None:
    """Both registries, our libraries and the engine's; prints one line each and what was found."""
    found = [*_python("requirements.txt"), *_npm()]
    excused = _python("bot/requirements.txt")
    for line in excused:
        print(f"moteur (admis, docs/security.md) : {line}")
    for line in found:
        print(f"À METTRE À JOUR : {line}")
    sys.exit(1 if found else 0)


def _python(requirements: str) -> list[str]:
    command = [sys.executable, "-m", "pip_audit", "--requirement", requirements, "--no-deps", "--disable-pip", "--format", "json",
               "--progress-spinner", "off", "--timeout", "20"]
    data = _read(command)
    packages = [item for item in data.get("dependencies", []) if "vulns" in item]
    if not packages:
        print(_REACHED_NOT.format(f"PyPI ({requirements})"))
        return []
    print(f"{requirements} : {len(packages)} bibliothèques vérifiées.")
    return [f"{item['name']} {item['version']} : {vulnerability['id']}" for item in packages for vulnerability in item["vulns"]]


def _npm() -> list[str]:
    npm = shutil.which("npm")
    data = _read([npm, "audit", "--json"]) if npm else {}
    if "vulnerabilities" not in data:
        print(_REACHED_NOT.format("npm (package-lock.json)"))
        return []
    print(f"package-lock.json : {data.get('metadata', {}).get('dependencies', {}).get('total', '?')} bibliothèques vérifiées.")
    return [f"{name} ({item['severity']})" for name, item in data["vulnerabilities"].items()]


def _read(command: list[str]) -> dict[str, Any]:
    # Both answer 1 when they found something: what they wrote counts, not their status.
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    try:
        return dict(json.loads(said.stdout))
    except ValueError:
        return {}


if __name__ == "__main__":
    main()
