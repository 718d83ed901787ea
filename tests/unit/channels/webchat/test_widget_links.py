"""Web addresses in a message are cut where a reader would cut them (the widget's own expression, run by Node)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

DOM = Path(__file__).parents[4] / "channels" / "webchat" / "static" / "widget" / "dom.js"


@pytest.mark.parametrize(("text", "link"), [
    ("voir https://exemple.fr/a.", "https://exemple.fr/a"), ("(https://exemple.fr/a)", "https://exemple.fr/a"),
    ("https://fr.wikipedia.org/wiki/Caen_(ville) oui", "https://fr.wikipedia.org/wiki/Caen_(ville)"),
    ("« https://exemple.fr/a »", "https://exemple.fr/a"), ("«https://exemple.fr/a»", "https://exemple.fr/a"),
    ("https://exemple.fr/a…", "https://exemple.fr/a"), ("l’adresse ‘https://exemple.fr/a’", "https://exemple.fr/a"),
    ("https://exemple.fr/a?b=1&c=2, puis", "https://exemple.fr/a?b=1&c=2")])
def test_a_link_ends_where_the_address_does(text: str, link: str) -> None:
    asked = f"{json.dumps(text)}.match(LINK)"
    script = f"import({json.dumps(DOM.as_uri())}).then(({{ LINK }}) => console.log(JSON.stringify({asked})))"
    done = subprocess.run(["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout) == [link]
