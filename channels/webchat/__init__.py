"""The web chat: its HTTP API, the widget that other sites embed, and the chat as a full page."""

from __future__ import annotations

from channels.webchat.guard import ChatGuard
from channels.webchat.routes import router

__all__ = ["ChatGuard", "router"]
