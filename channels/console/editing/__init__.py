"""Sheets corrected in the console by editors and administrators, with their history; answered from within seconds."""

from fastapi import APIRouter

from channels.console.editing import new_sheet, routes

router = APIRouter()
# « nouvelle/{kind} » before « {kind}/{id} »: the first route that fits answers.
router.include_router(new_sheet.router)
router.include_router(routes.router)

__all__ = ["router"]
