"""The advisors' console (HTML) and the same services as JSON for another helpdesk."""

from __future__ import annotations

from channels.console.routes import router

__all__ = ["router"]
