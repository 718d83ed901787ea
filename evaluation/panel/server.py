"""Serves a panel's page on the loopback and keeps the verdicts beside it as they are given."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from evaluation.panel.verdicts import read_verdicts, write_verdicts

_MOST_BYTES = 10_000_000


def panel_server(page: Path, verdicts: Path, port: int = 0) -> ThreadingHTTPServer:
    """A server that is ready to run (`serve_forever`): `/` the page, `/verdicts` what was judged, POST keeps it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/":
                self._send(200, page.read_bytes(), "text/html; charset=utf-8")
            elif self.path == "/verdicts":
                self._send(200, json.dumps(read_verdicts(verdicts) if verdicts.exists() else {}).encode())
            else:
                self._send(404, b"{}")

        def do_POST(self) -> None:
            given = self._given()
            if given is None:
                return self._send(400, b"{}")
            write_verdicts(verdicts, given)
            self._send(200, b"{}")

        def _given(self) -> dict[str, dict[str, str]] | None:
            # Another site's page cannot post JSON here without asking first, and is never told yes.
            length = int(self.headers.get("content-length") or 0)
            if self.path != "/verdicts" or self.headers.get("content-type") != "application/json" or length > _MOST_BYTES:
                return None
            try:
                given = json.loads(self.rfile.read(length))
            except ValueError:
                return None
            return given if isinstance(given, dict) else None

        def _send(self, status: int, body: bytes, kind: str = "application/json") -> None:
            self.send_response(status)
            for name, value in (("content-type", kind), ("content-length", str(len(body))), ("cache-control", "no-store")):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
