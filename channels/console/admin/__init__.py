"""What administrators manage: accounts, teams, who saw what, when advisors are there."""

from __future__ import annotations

from fastapi import APIRouter

from channels.console.admin import opening_routes, routes, team_routes

router = APIRouter()
for part in (routes.router, routes.journal, team_routes.router, opening_routes.router):
    router.include_router(part)

__all__ = ["router"]
