"""A sheet as a page that reads well on a telephone and on paper (where SMS links lead), and a search that needs no script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from channels.web.knowledge import Knowledge
from channels.web.limiting import address_of, spend
from channels.web.pages import render
from channels.web.rate_limits import SEARCHES
from channels.web.sheet_links import last_day, links_of
from clock import in_paris, now
from knowledge_base.dates import french_date
from knowledge_base.facade import KnowledgeBase
from knowledge_base.places.entities import OfferPage
from knowledge_base.schema_kinds import EvenementData
from knowledge_base.sheet import Sheet

router = APIRouter(include_in_schema=False)
_MOST_RESULTS = 20
_STEPS = re.compile(r"\n+|\s+(?=[2-9]\. [A-ZÀ-Ý])")  # « 1. Choisissez… 2. Trouvez… » is read one step a line


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """One section of the page: its heading and its paragraphs."""

    heading: str
    lines: list[str]


@router.get("/fiches", response_class=HTMLResponse)
def search_page(request: Request, knowledge: Knowledge, q: Annotated[str, Query(max_length=300)] = "") -> HTMLResponse:
    """The sheets that answer `q`."""
    spend(request, SEARCHES, address_of(request))
    words = q.strip()
    page = knowledge.search(words, limit=_MOST_RESULTS) if words else None
    return render(request, "search.html", title=f"Fiches : {words}" if words else "Chercher une fiche", query=words, page=page)


@router.get("/fiches/{kind}/{sheet_id}", response_class=HTMLResponse)
def sheet_page(request: Request, knowledge: Knowledge, kind: str, sheet_id: str) -> Response:
    """The sheet with its source and date, what is past said so, and where to go on; a merged one leads to the sheet it joined."""
    sheet = knowledge.sheet(kind, sheet_id)
    if sheet is None:
        return render(request, "missing.html", title="Cette fiche n'existe pas ou n'existe plus", status=404)
    if (sheet.kind, sheet.id) != (kind, sheet_id):
        return RedirectResponse(sheet.url, status_code=301)
    return render(request, "sheet.html", title=sheet.title, sheet=sheet, sections=sections_of(sheet),
                  links=links_of(sheet), related=knowledge.related(sheet), places=_places_of(knowledge, sheet),
                  past=past_notice(sheet, in_paris(now()).date()))


def _places_of(knowledge: KnowledgeBase, sheet: Sheet) -> OfferPage | None:
    """Where a course, or what leads to a trade, is taught in Normandie; None when no place is known."""
    if sheet.kind not in ("formation", "metier"):
        return None
    page = knowledge.offers_of(f"{sheet.kind}/{sheet.id}", None, limit=1)
    return page if page.known else None


def sections_of(sheet: Sheet) -> list[Paragraphs]:
    """The sections, each line and each numbered step a paragraph."""
    return [Paragraphs(heading, [line for line in _STEPS.split(text) if line.strip()]) for heading, text in sheet.sections()]


def past_notice(sheet: Sheet, today: date) -> str | None:
    """The sentence that says that a date is past, and where to look for the next one; None when nothing is past."""
    if isinstance(sheet.data, EvenementData) and sheet.data.starts_on and last_day(sheet.data) < today:
        nearby = f" {sheet.data.next}" if sheet.data.next else ""
        return f"Cet événement est passé (il s’est terminé le {french_date(last_day(sheet.data))}).{nearby}"
    if sheet.valid_until and sheet.valid_until < today:
        return f"Cette information valait jusqu’au {french_date(sheet.valid_until)} : vérifiez-la auprès de l’agence."
    return None
