"""What anybody may read: the demonstration page, the sheets, the knowledge API, what we do with data, accessibility."""

from __future__ import annotations

from channels.public.error_page import error_page, wants_page
from channels.public.routes import router

__all__ = ["error_page", "router", "wants_page"]
