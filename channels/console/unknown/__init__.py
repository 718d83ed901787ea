"""« Pas compris »: what the assistant did not understand, grouped by likeness, filed for the next training."""

from __future__ import annotations

from channels.console.unknown.routes import router

__all__ = ["router"]
