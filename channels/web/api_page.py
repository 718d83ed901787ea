"""The API as one readable page (`/docs`), made from the OpenAPI document: nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

_METHODS = ("get", "post", "put", "patch", "delete")


def api_page(document: Mapping[str, Any]) -> str:
    """HTML that lists every call with its summary; the whole document is one link away."""
    rows = "".join(_row(method, path, operation) for path, item in document.get("paths", {}).items()
                   for method, operation in item.items() if method in _METHODS)
    title = escape(str(document.get("info", {}).get("title", "API")))
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title} : API</title>'
        '<meta name="viewport" content="width=device-width"></head><body><main>'
        f'<h1>{title} : API</h1><p>Description complète : <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>'
        '<table><caption>Appels</caption><thead><tr><th scope="col">Méthode</th><th scope="col">Adresse</th>'
        f'<th scope="col">Description</th></tr></thead><tbody>{rows}</tbody></table></main></body></html>')


def _row(method: str, path: str, operation: Mapping[str, Any]) -> str:
    about = str(operation.get("description") or operation.get("summary") or "").split("\n\n")[0]
    return f"<tr><td>{method.upper()}</td><td><code>{escape(path)}</code></td><td>{escape(about)}</td></tr>"
