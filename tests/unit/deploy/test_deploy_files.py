"""What deploy/ ships can be read by the programs that it is for, and speaks of metrics and pages that exist."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from channels.operation import metrics
from channels.settings import Settings
from parcours.paths import ROOT
from parcours.settings_page import variable

DEPLOY = ROOT / "deploy"
_METRIC = re.compile(r"\bparcours_[a-z_]+")
_SUFFIX = re.compile(r"_(?:bucket|count|sum)$")


def known_metrics() -> set[str]:
    """The names that the gateway exposes."""
    assert metrics.QUEUE is not None
    names = {family.name for family in REGISTRY.collect() if family.name.startswith("parcours_")}
    return names | {f"{name}_total" for name in names}


def alarms() -> list[dict[str, Any]]:
    """The alarm rules."""
    groups = yaml.safe_load((DEPLOY / "monitoring" / "alarms.yml").read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_every_metric_of_the_dashboard_and_the_alarms_exists() -> None:
    dashboard = json.loads((DEPLOY / "monitoring" / "dashboard.json").read_text("utf-8"))
    expressions = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    expressions += [rule["expr"] for rule in alarms()]
    used = {_SUFFIX.sub("", name) for expression in expressions for name in _METRIC.findall(expression)}
    assert used and used <= known_metrics(), used - known_metrics()


def test_every_metric_of_ours_is_on_the_dashboard_or_raises_an_alarm() -> None:
    files = [DEPLOY / "monitoring" / name for name in ("dashboard.json", "alarms.yml")]
    shown = set(_METRIC.findall("".join(path.read_text("utf-8") for path in files)))
    assert not [name for name in known_metrics() if not {name, f"{name}_total", f"{name}_bucket"} & shown
                and not name.endswith("_total")]


def test_every_alarm_has_its_page_in_the_operators_guide() -> None:
    headings = re.findall(r"^### (\w+)$", (ROOT / "docs" / "operations.md").read_text("utf-8"), re.MULTILINE)
    for rule in alarms():
        assert rule["alert"] in headings, rule["alert"]
        assert rule["annotations"]["runbook"] == f"docs/operations.md#{rule['alert'].lower()}"


@pytest.mark.parametrize("unit", ["parcours.service", "parcours-backup.service", "parcours-backup.timer"])
def test_systemd_reads_its_units(tmp_path: Path, unit: str) -> None:
    if shutil.which("systemd-analyze") is None:
        text = (DEPLOY / "systemd" / unit).read_text("utf-8")
        assert re.search(r"^\[(Service|Timer)\]$", text, re.MULTILINE)
        return
    for path in (DEPLOY / "systemd").iterdir():
        # The programs of an installation are not on this machine.
        (tmp_path / path.name).write_text(re.sub(r"ExecStart=/opt/\S+", "ExecStart=/bin/true", path.read_text("utf-8")), "utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    complaints = [line for line in said.stderr.splitlines() if str(tmp_path) in line]
    assert complaints == []


def test_compose_and_its_files_are_whole() -> None:
    compose = yaml.safe_load((DEPLOY / "compose" / "compose.yml").read_text("utf-8"))
    services = compose["services"]
    assert {"helpline", "proxy", "database", "redis", "prometheus"} <= set(services)
    assert all("ports" not in service for name, service in services.items() if name != "proxy"), "only the proxy is reached"
    for service in services.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert not source.startswith("../") or (DEPLOY / "compose" / source).resolve().exists(), source
    copied = re.findall(r"^COPY ((?!--from).+) \S+$", (DEPLOY / "compose" / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert all((ROOT / name).exists() for line in copied for name in line.split())


def test_the_proxy_file_is_balanced_and_never_shows_the_metrics() -> None:
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    without_placeholders = re.sub(r"\{\$[^}]*\}", "", text)
    assert without_placeholders.count("{") == without_placeholders.count("}")
    assert "flush_interval -1" in text and "respond @measures 404" in text


def test_the_proxy_itself_accepts_its_file_where_it_is_installed(tmp_path: Path) -> None:
    caddy = shutil.which("caddy")
    file = DEPLOY / "Caddyfile"
    if caddy is None:
        assert "{$PARCOURS_DOMAIN} {" in file.read_text("utf-8").splitlines()
        return
    for tls in ("", "tls internal"):
        environment = {**os.environ, "HOME": str(tmp_path), "PARCOURS_DOMAIN": "orientation.exemple.fr", "PARCOURS_TLS": tls}
        command = [caddy, "validate", "--config", str(file), "--adapter", "caddyfile"]
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stderr


def test_the_example_of_settings_knows_only_real_ones() -> None:
    known = {variable(name) for name in Settings.model_fields} | {"PARCOURS_DOMAIN", "POSTGRES_PASSWORD"}
    names = re.findall(r"^#?([A-Z][A-Z_]+)=", (DEPLOY / "parcours.env.example").read_text("utf-8"), re.MULTILINE)
    assert names and set(names) <= known
