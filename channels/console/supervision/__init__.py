"""What supervisors look at: what matters now, and figures over time that each lead to their cases."""

from __future__ import annotations

from channels.console.supervision.routes import router

__all__ = ["router"]
