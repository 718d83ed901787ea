"""`/api/advisor/`: what advisors do, as JSON, with a personal API key."""

from __future__ import annotations

from channels.console.api.routes import router

__all__ = ["router"]
