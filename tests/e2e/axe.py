"""axe-core, injected into the page under test: works under a strict Content-Security-Policy and looks into shadow roots."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

from parcours.paths import ROOT

SCRIPT = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "EN-301-549", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")


def axe(page: Page, within: str | None = None, *, colours: bool = False) -> list[str]:
    """What axe finds wrong, one line each: rule, help, the elements. Empty is good. `within` is a CSS selector.

    `colours`: only what depends on them, for a page that was looked at in other colours: schemes are variables of our styles.
    """
    if not page.evaluate("Boolean(window.axe)"):  # half a megabyte, once a page
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    rules = {"type": "rule", "values": COLOURS} if colours else {"type": "tag", "values": TAGS}
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found = page.evaluate(f"axe.run({json.dumps(within)} || document, {json.dumps(options)})")
    return [_line(violation) for violation in found["violations"]]


def _line(violation: dict[str, Any]) -> str:
    places = [f"{node['target']} {node['html'][:120]} {node.get('failureSummary', '')}" for node in violation["nodes"][:3]]
    return f"{violation['id']} ({violation['help']}): " + " | ".join(places)
