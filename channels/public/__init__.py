"""What anybody may read: the demonstration page, the sheets, the knowledge API, what we do with data, accessibility."""

from __future__ import annotations

from channels.public.routes import router

__all__ = ["router"]
