"""Lists of cases, and one case with everything an advisor needs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from channels.console.access import AnyServices, KeyOwner
from channels.console.api.schemas import ERRORS, CaseDetailModel, CasesModel, State, Urgency
from channels.messages import Json

router = APIRouter(responses=ERRORS)
CaseId = Annotated[int, Path(ge=1)]
Short = Annotated[str | None, Query(max_length=80)]


@router.get("/cases", response_model=CasesModel, summary="Les demandes, la plus ancienne d'abord")
async def list_cases(services: AnyServices, who: KeyOwner, state: State | None = None, channel: Short = None,
                     topic: Annotated[int | None, Query(ge=1, le=33)] = None, urgency: Urgency | None = None,
                     team: Short = None, place: Short = None,
                     limit: Annotated[int, Query(ge=1, le=500)] = 200) -> Json:
    """Without `state`: all that are open. `mine` is a filter, not a state."""
    rows = await services.cases.list(who, state=state, channel=channel, topic=topic, urgency=urgency, team=team, place=place,
                                     limit=limit)
    await services.audit.look(who, "cases_seen", "case")
    return {"cases": [row.wire() for row in rows]}


@router.get("/cases/{case_id}", response_model=CaseDetailModel, summary="Une demande et toute sa conversation")
async def one_case(services: AnyServices, who: KeyOwner, case_id: CaseId) -> Json:
    """Looking at a case is written in the audit log."""
    return (await services.cases.get(who, case_id)).wire()
