"""What administrators manage: accounts and teams, who saw what, when advisors are there."""

from __future__ import annotations

from channels.console.admin.routes import router

__all__ = ["router"]
