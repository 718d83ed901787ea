"""The page of a panel holds all it needs, shows what was said as it was said, and its server keeps what is judged."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evaluation.exchange import Exchange, read_exchanges, write_exchanges
from evaluation.panel.page import write_page
from evaluation.panel.server import panel_server
from evaluation.panel.verdicts import read_verdicts

CARD = {"kind": "metier", "id": "coiffeur", "title": "Coiffeur / Coiffeuse"}
REPLY = {"author": "bot", "text": "Un CAP."}
EXCHANGE = Exchange("a</script>", "a", 1, "phone", "<b>slt</b>", [REPLY], [CARD], ["Oui"], "bot", 0.0214,
                    {"intent": "question", "confidence": 0.91, "understood": False}, None, {"good_answer": "CAP coiffure"})


@pytest.fixture
def page(tmp_path: Path) -> Path:
    write_page(tmp_path / "p.html", "essai", [EXCHANGE])
    return tmp_path / "p.html"


@pytest.fixture
def served(page: Path) -> Iterator[str]:
    server = panel_server(page, page.with_suffix(".verdicts.jsonl"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_the_page_shows_the_exchange_and_runs_none_of_it(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    for shown in ("&lt;b&gt;slt&lt;/b&gt;", "Un CAP.", "metier/coiffeur", "<li>Oui</li>", "21 ms", "CAP coiffure", "téléphone",
                  "question (91 %) · pas compris", "Nuisible"):
        assert shown in html
    assert html.count("</script>") == 1 and "<b>slt" not in html


def test_the_page_needs_nothing_else(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    assert "src=" not in html and "<link" not in html and "@import" not in html


def test_verdicts_given_in_the_page_are_kept_beside_it(page: Path, served: str) -> None:
    given = {"a": {"verdict": "RIGHT", "note": "clair"}}
    assert httpx.post(f"{served}/verdicts", json=given).status_code == 200
    assert read_verdicts(page.with_suffix(".verdicts.jsonl")) == given == httpx.get(f"{served}/verdicts").json()


@pytest.mark.parametrize(("path", "kind", "body"), [
    ("/verdicts", "text/plain", "{}"), ("/verdicts", "application/json", "{"), ("/verdicts", "application/json", "[]"),
    ("/ailleurs", "application/json", "{}"),
])
def test_anything_else_is_refused(served: str, path: str, kind: str, body: str) -> None:
    assert httpx.post(served + path, content=body, headers={"content-type": kind}).status_code == 400


def test_exchanges_are_read_as_written(tmp_path: Path) -> None:
    write_exchanges(tmp_path / "e.jsonl", [EXCHANGE])
    assert read_exchanges(tmp_path / "e.jsonl") == [EXCHANGE]
    assert json.loads((tmp_path / "e.jsonl").read_text(encoding="utf-8"))["message"] == "<b>slt</b>"
